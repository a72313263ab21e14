using System.Text;
using Deltoid.Findings;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// One known fault at a known place, 5,000 times: the 999 that answers the file names that place: the segment's number,
/// and of an element its number, component and repetition, with the code of the fault. Sums and what codes mean have no
/// code in a 999 and are not drawn.
/// </summary>
public sealed class FaultInjectionTests
{
    static readonly EnvelopeTerms Terms = new() { Day = new(2026, 3, 5), Time = new(9, 30) };

    [Theory, InlineData("837P", 1_700), InlineData("837I", 1_700), InlineData("835", 1_000), InlineData("277CA", 600),
        InlineData("270", 400), InlineData("271", 400), InlineData("276", 200), InlineData("277", 200)]
    public void The_999_names_the_place(string name, int cases)
    {
        var guide = TransactionSets.Named(name)!;
        var (random, maker, readers, faults) = (new Random(999), new FaultMaker(guide), new X12Readers(),
            GuideFaults.Of(guide));
        var wrong = new List<string>();
        for (var drawn = 0; drawn < cases;)
        {
            var fault = faults[random.Next(faults.Count)];
            var places = Specimens.Of(guide.Name).Places(fault.Loop, fault.Segment);
            if (places.Count == 0) continue;
            var (root, node) = places[random.Next(places.Count)];
            if (maker.Make(fault, root, node.Id) is not { } sample || sample.Info != fault.Info) continue;
            var acknowledger = new Acknowledger(Terms);
            var found = X12Reading.Of(sample.Text.Bytes(), readers: readers, acknowledger: acknowledger).Findings;
            var at = found.FindIndex(f => sample.IsMetBy(f));
            // where another rule asks for a segment in the same place, one of them tells it
            if (at < 0)
                at = found.FindIndex(f => f.Info == sample.Info
                    && (f.Source.Segment, f.Source.Element) == (sample.At.Ordinal, sample.Element));
            // where a syntax note of the segment asks for the element, it tells it
            if (at < 0 && sample.Info == X12Findings.ElementAsked) at = found.FindIndex(f => IsOfSyntax(f, sample));
            // a value that wakes the rule, and is itself one that another rule bars, is reported instead
            if (at < 0 && found.Exists(f => WakesWrongly(f, sample, maker))) continue;
            var (level, code) = at < 0 ? default : AckCodes.Of(found[at]);
            if (at >= 0 && level == AckLevel.None) continue;
            drawn++;
            if (at < 0
                || !Names(Encoding.ASCII.GetString(acknowledger.Written), sample, FindingText.Of(found[at].B), level,
                    code))
                wrong.Add($"{guide.RowId(fault.Row)} {fault.Words}: {level} {code} at {sample.At.Name} "
                    + $"{sample.At.Ordinal}, {sample.Element}-{sample.Component} repeat {sample.Repeat}\n "
                    + $"   {Encoding.ASCII.GetString(acknowledger.Written)}");
        }
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases}\n" + string.Join("\n", wrong.Take(10)));
    }

    static bool WakesWrongly(in Finding finding, RowSample sample, FaultMaker maker)
    {
        if (finding.Info != X12Findings.CodeBarred) return false;
        var barred = maker.RuleOf((int)finding.A.Value).Then[0];
        return sample.Changed.Exists(t => (t.Segment, t.Element) == (barred.Segment, barred.Element));
    }

    static bool IsOfSyntax(in Finding finding, RowSample sample) =>
        (finding.Info == X12Findings.Gap || finding.Info == X12Findings.PairMissing)
            && (finding.Source.Segment, finding.Source.Element) == (sample.At.Ordinal, sample.Element);

    /// <summary>Read by hand, not by our reader: the IK3 of the segment, and among its IK4 the element's.</summary>
    static bool Names(string answer, RowSample sample, string name, AckLevel level, string code)
    {
        var segments = answer.Split('~').Select(static s => s.Split('*')).ToList();
        if (level == AckLevel.Set)
            return segments.Exists(s => s[0] == "IK5" && s[1] == "R" && s.Skip(2).Contains(code));
        if (level == AckLevel.Group) return segments.Exists(s => s[0] == "AK9" && s.Skip(5).Contains(code));
        var ordinal = sample.At.Ordinal.ToString(System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < segments.Count; i++)
        {
            if (segments[i][0] != "IK3" || segments[i][1] != name || segments[i][2] != ordinal) continue;
            if (level == AckLevel.Segment && segments[i].ElementAtOrDefault(4) == code) return true;
            for (var j = i + 1; level == AckLevel.Element && j < segments.Count
                && segments[j][0] is "CTX" or "IK4"; j++)
                if (segments[j][0] == "IK4" && segments[j].ElementAtOrDefault(3) == code
                    && Place(segments[j][1]) == (sample.Element, sample.Component, sample.Repeat))
                    return true;
        }
        return false;
    }

    static (int, int, int) Place(string text)
    {
        var parts = text.Split(':')
            .Select(static p => p.Length == 0 ? 0 : int.Parse(p, System.Globalization.CultureInfo.InvariantCulture))
            .ToArray();
        return (parts[0], parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2));
    }
}
