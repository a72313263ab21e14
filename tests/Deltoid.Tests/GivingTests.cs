using Deltoid.Books;
using Deltoid.Notes;

namespace Deltoid.Tests;

/// <summary>Short notes that say, or do not say, that a drug was given: no giving is invented, and few are
/// lost.</summary>
public sealed class GivingTests
{
    static readonly NoteReader Reader = new(StarterBook.Open());

    static List<(string Kind, string Note)> Lines() =>
        [.. Repository.Read("tests/Deltoid.Tests/giving-examples.tsv").Split('\n').Skip(1)
            .Where(static l => l.Length > 0 && l[0] != '#').Select(static l => l.Split('\t'))
            .Select(static c => (c[0], c[1].Replace("\\n", "\n", StringComparison.Ordinal)))];

    static bool WritesGiving(string note)
    {
        var facts = Reader.Read(note).Facts;
        return facts.Exists(f => f.Path.EndsWith("/drug", StringComparison.Ordinal)
            && !facts.Exists(g => g.Path == f.Path[..^"drug".Length] + "given"));
    }

    [Fact]
    public void Nothing_is_written_that_was_not_given()
    {
        var lines = Lines().FindAll(static l => l.Kind == "not");
        Assert.InRange(lines.Count, 300, 5000);
        Assert.Empty(lines.Where(static l => WritesGiving(l.Note)).Select(static l => l.Note));
    }

    [Fact]
    public void Most_of_what_was_given_is_written()
    {
        var lines = Lines().FindAll(static l => l.Kind == "given");
        var lost = lines.FindAll(static l => !WritesGiving(l.Note));
        foreach (var (_, note) in lost) TestContext.Current.TestOutputHelper?.WriteLine(note);
        Assert.InRange(lines.Count, 100, 5000);
        Assert.InRange(lost.Count, 0, lines.Count / 12);
    }

    [Fact]
    public void Words_that_no_list_has_are_doubted_and_asked()
    {
        var reading = Reader.Read("Kenalog 40 mg IM R glut, quibbled and glorped, snarked the trebuchet.");
        Assert.DoesNotContain(reading.Facts, static f => f.Path.EndsWith("/drug", StringComparison.Ordinal));
        Assert.Contains(reading.Questions, static q => q.Fact == "given");
    }

    [Fact]
    public void A_page_that_a_program_wrapped_is_read_as_it_was_typed()
    {
        const string Note = "Patient came for her monthly shot and asked about the cost. The nurse gave B12 1000 mcg IM "
            + "in the left deltoid, lot CY4 exp 3/28, and she left without any reaction. K. Poe LPN";
        var typed = Reader.Read(Note).Facts.Select(static f => (f.Path, f.Written));
        Assert.Contains(typed, static f => f.Path == "/administrations/0/lot");
        for (var width = 50; width <= 80; width += 5)
            Assert.Equal(typed, Reader.Read(Wrapped(Note, width)).Facts.Select(static f => (f.Path, f.Written)));
    }

    static string Wrapped(string note, int width)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in note.Split(' '))
            if (line.Length + word.Length + 1 > width) (lines, line) = ([.. lines, line], word);
            else line = line.Length == 0 ? word : line + " " + word;
        return string.Join('\n', [.. lines, line]);
    }
}
