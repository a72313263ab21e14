using Deltoid.Books;
using Deltoid.Codes;
using Deltoid.Coding;

namespace Deltoid.Tests;

/// <summary>
/// Places on the body as values: what is one, what is two, and what the words leave open; the levels of the spine.
/// </summary>
public sealed class BodySiteTests
{
    static readonly CodeBook Book = StarterBook.Open();

    static BodySite Read(string text, string kind = "joint") => BodySite.Read(Book, DrugName.Fold(text), kind);

    [Theory]
    [InlineData("right knee", "R knee joint", "Same")]
    [InlineData("knee, right", "rt. knee intra-articular", "Same")]
    [InlineData("right knee", "left knee", "Different")]
    [InlineData("right knee", "knee", "Unknown")]
    [InlineData("knee", "knee", "Unknown")]
    [InlineData("right knee", "both knees", "Same")]
    [InlineData("right shoulder", "R subacromial bursa", "Same")]
    [InlineData("right shoulder", "right AC joint", "Different")]
    [InlineData("right thumb CMC", "R first carpometacarpal", "Same")]
    [InlineData("right MCP", "right index MCP", "Unknown")]
    [InlineData("right index MCP", "right ring finger MCP", "Different")]
    [InlineData("as marked", "right knee", "Unknown")]
    public void Two_places_are_compared_by_value(string one, string other, string likeness)
    {
        Assert.Equal(likeness, Read(one).Compare(Read(other)).ToString());
        Assert.Equal(likeness, Read(other).Compare(Read(one)).ToString());
    }

    [Theory]
    [InlineData("B/L knees", "Both")]
    [InlineData("bilateral knees", "Both")]
    [InlineData("right and left knee", "Both")]
    [InlineData("Lt. knee", "Left")]
    [InlineData("L4-L5", "None")]
    [InlineData("OD", "Right")]
    public void The_side_is_read_from_whole_words(string text, string side) =>
        Assert.Equal(side, Read(text).Side.ToString());

    [Theory]
    [InlineData("L4-L5", 1, 1)]
    [InlineData("L4-5, L5-S1", 2, 2)]
    [InlineData("L3, L4 and L5", 3, 3)]
    [InlineData("L3-L5", 2, 0)] // two joints, but which roots?
    [InlineData("C7/T1", 1, 1)]
    [InlineData("T12-L1", 1, 1)]
    [InlineData("lumbar", 0, 0)]
    [InlineData("L9", 0, 0)]
    [InlineData("S5-S1", 0, 0)]
    public void Levels_are_counted(string text, int joints, int roots)
    {
        Assert.Equal(joints, SpinalLevels.In(text, takesRanges: true).Count);
        Assert.Equal(roots, SpinalLevels.In(text, takesRanges: false).Count);
    }

    [Theory]
    [InlineData("pain after suturing", "sutur*", true)]
    [InlineData("both knees", "knee", true)]
    [InlineData("kneeling", "knee", false)]
    [InlineData("unarmed", "arm", false)]
    [InlineData("the right arm", "arm", true)]
    public void A_word_is_a_whole_word(string text, string word, bool isThere) =>
        Assert.Equal(isThere, Phrase.Match(text, word) > 0);
}
