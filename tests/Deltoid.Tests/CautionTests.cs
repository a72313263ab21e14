using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Tests;

/// <summary>
/// What a page says must not be added is true of the claim it is printed under: each premise is derived again here,
/// from the rows.
/// </summary>
public sealed class CautionTests
{
    static readonly CodeBook Book = StarterBook.Open();

    [Fact]
    public void Every_caution_is_true_of_its_claim()
    {
        var random = new Random(20261129);
        var scrubber = new Scrubber();
        var said = new int[5];
        for (var i = 0; i < 4_000; i++)
        {
            var visit = CodedVisit.Of(CodingPropertyTests.AnyEncounter(random), Book, scrubber);
            foreach (var (text, _) in Cautions.Of(visit)) said[Judge(visit, text, i)]++;
        }
        Assert.All(said, static count => Assert.NotEqual(0, count));
    }

    static int Judge(CodedVisit visit, string text, int run)
    {
        var code = Code.Of(text.Split(':')[0].Split(' ')[^1]);
        var lines = visit.Claim.Lines.ToArray();
        var mine = lines.Where(l => l.Code == code).ToArray();
        var why = $"run {run}: {text}";
        Assert.NotEmpty(mine);
        if (text.StartsWith("No 25", StringComparison.Ordinal))
        {
            Assert.False(IsVisit(code, visit), why);
            return 0;
        }
        if (text.StartsWith("No 99211", StringComparison.Ordinal))
        {
            JudgeNurseVisit(visit, code, why);
            return 1;
        }
        if (text.StartsWith("No 59", StringComparison.Ordinal)) { JudgeDistinct(visit, code, mine, lines,
            why);
        return 2; }
        if (text.StartsWith("No JW beside", StringComparison.Ordinal)) { Assert.True(mine.Any(l =>
            l.Modifiers.Has(Modifier.JZ)), why);
        return 3; }
        Assert.True(mine.Any(l => visit.Claim.Origins.Any(o => o.Line == l.Number && o.Part == Part.Administration
            && visit.Encounter!.Administrations[o.Ordinal].Container == ContainerKind.MultiDose)), why);
        return 4;
    }

    static bool IsVisit(Code code, CodedVisit visit) => Book.TryCode(code, visit.Claim.ServiceDate, out var row)
        && row.Groups.HasAny(Group.Visit | Group.NurseVisit);

    static void JudgeNurseVisit(CodedVisit visit, Code code, string why)
    {
        var hospital = visit.Claim.Setting == Setting.Facility;
        Assert.True(Book.TryPair(code, Code.Of("99211"), visit.Claim.ServiceDate, hospital, out var pair)
            && pair.Indicator == 0, why);
        foreach (var line in visit.Claim.Lines.ToArray()) Assert.False(IsVisit(line.Code, visit), why);
    }

    static void JudgeDistinct(CodedVisit visit, Code code, ServiceLine[] mine, ServiceLine[] lines, string why)
    {
        Assert.True(mine.Length == 1 && mine[0].Units == Quantity.One, why);
        Assert.Equal(1, visit.Claim.Origins.Count(o => o.Line == mine[0].Number && o.Part == Part.Administration));
        var hospital = visit.Claim.Setting == Setting.Facility;
        foreach (var other in lines)
            if (other.Number != mine[0].Number)
                Assert.False(Book.TryPair(other.Code, code, visit.Claim.ServiceDate, hospital, out _),
                $"{why} but {other.Code} takes it in");
    }
}
