using System.Collections.Concurrent;
using Deltoid.Findings;
using Deltoid.X12;
using Deltoid.X12.Guides;

namespace Deltoid.Tests;

/// <summary>
/// Each row of each guide with each fault that it can have: the finding that names it comes, at its place to the byte,
/// and no other error but what must follow.
/// </summary>
public sealed class RowFaultTests
{
    /// <summary>Places of a row that are tried until one shows the fault and nothing else.</summary>
    const int MostPlaces = 8;

    /// <summary>
    /// A fault that is tried at one place after the other: first until nothing else comes with it, then with what must
    /// follow.
    /// </summary>
    sealed class Attempt(Guide guide, GuideFault fault)
    {
        readonly List<(SpecimenLoop Root, SpecimenNode Node)> places = Specimens.Of(guide.Name)
            .Places(fault.Loop, fault.Segment);
        int next, tries;

        public GuideFault Fault => fault;

        public bool IsStrict { get; private set; } = true;

        public RowSample? Sample { get; private set; }

        public string Said { get; set; } = "no place has it";

        /// <summary>Makes the fault at the next place that can have it; false when all were tried.</summary>
        public bool Next(FaultMaker maker)
        {
            while (true)
            {
                if (next == places.Count || tries == MostPlaces)
                {
                    if (!IsStrict) return false;
                    (IsStrict, next, tries) = (false, 0, 0);
                    if (places.Count == 0) return false;
                }
                var (root, node) = places[next++];
                if (maker.Make(fault, root, node.Id) is not { } sample || sample.Info != fault.Info) continue;
                (Sample, tries) = (sample, tries + 1);
                return true;
            }
        }
    }

    /// <summary>
    /// Faults that no sample shows alone. Wherever I8292 is broken, another rule asks for the same segment, which is
    /// reported once (I8349 or I8295). AAA of 2000A is one of a deeper loop when it comes late. Behind 2200B and 2200C
    /// nothing may come, since they are there when no level is below.
    /// </summary>
    static readonly string[] NeverAlone =
    [
        "X12I8292 broken", "X12B1050 out of sequence", "X12T1140 out of sequence", "X12T1220 out of sequence",
    ];

    [Theory, InlineData("837P"), InlineData("837I"), InlineData("835"), InlineData("277CA"), InlineData("999"),
        InlineData("270"), InlineData("271"), InlineData("276"), InlineData("277")]
    public void Every_row_has_a_sample_that_fails(string name)
    {
        var guide = TransactionSets.Named(name)!;
        var faults = new ConcurrentBag<string>();
        var all = GuideFaults.Of(guide);
        Parallel.ForEach(Partitioner.Create(0, all.Count, 200), () => (new FaultMaker(guide), new X12Readers()),
            (range, _, tools) =>
            {
                var open = all[range.Item1..range.Item2].ConvertAll(f => new Attempt(guide, f));
                open.RemoveAll(a => NeverAlone.Contains($"{guide.RowId(a.Fault.Row)} {a.Fault.Words}"));
                foreach (var attempt in Run(guide, open, tools.Item1, tools.Item2))
                    faults.Add($"{guide.RowId(attempt.Fault.Row)} {attempt.Fault.Words}: {attempt.Said}");
                return tools;
            }, static _ => { });
        Assert.True(faults.IsEmpty,
            $"{faults.Count} of {all.Count}\n" + string.Join("\n", faults.Order(StringComparer.Ordinal).Take(200)));
    }

    [Fact]
    public void Every_row_of_the_envelope_has_a_sample_that_fails()
    {
        var faults = new List<string>();
        Assert.Empty(X12Reading.Of(EnvelopeFaults.Right().Bytes()).Findings);
        foreach (var fault in GuideFaults.Of(GuideLibrary.Envelope))
        {
            var sample = EnvelopeFaults.Make(fault);
            var found = X12Reading.Of(sample.Text.Bytes()).Findings;
            var isMet = found.Exists(f => sample.IsMetBy(f));
            if (!isMet
                || found.Exists(f =>
                    f.Severity == Severity.Error && !sample.IsMetBy(f) && !FollowsInEnvelope(sample, f)))
                faults.Add($"{GuideLibrary.Envelope.RowId(fault.Row)} {fault.Words}: expected "
                    + $"{sample.Expected(GuideLibrary.Envelope)}\n      "
                    + $"{string.Join("\n      ", found.Select(f => X12Reading.Text(f)))}");
        }
        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    /// <summary>
    /// The form of ISA as a whole, numbers and versions that are said twice, the kind of the group; whatever separators
    /// do that are alike.
    /// </summary>
    static bool FollowsInEnvelope(RowSample sample, Finding finding)
    {
        if ((sample.At.Name == "ISA" && finding.Info == X12Findings.IsaMalformed)
            || finding.Info == X12Findings.NoInterchange || sample.Info == X12Findings.SeparatorsClash)
            return true;
        return (sample.At.Name is "ISA" or "IEA" && finding.Info == X12Findings.InterchangeControl)
            || (sample.Info == X12Findings.OutsideGroup
                && (finding.Info == X12Findings.GroupControl || finding.Info == X12Findings.GroupCount))
            || (sample.At.Name is "GS" or "GE"
                && (finding.Info == X12Findings.GroupControl || finding.Info == X12Findings.UnknownGroup
                    || finding.Info == X12Findings.GroupVersion));
    }

    /// <summary>Tries faults together until each was shown; those that were not are given back.</summary>
    static List<Attempt> Run(Guide guide, List<Attempt> open, FaultMaker maker, X12Readers readers)
    {
        var failed = new List<Attempt>();
        while (open.Count > 0)
        {
            failed.AddRange(open.Where(a => !a.Next(maker)).ToList());
            open.RemoveAll(failed.Contains);
            var found = X12Reading.OfEach(open.ConvertAll(static a => a.Sample!.Text.Bytes()), readers);
            for (var i = 0; i < open.Count; i++)
                open[i].Said = Judge(guide, open[i].Sample!, found[i], open[i].IsStrict);
            open.RemoveAll(static a => a.Said.Length == 0);
        }
        return failed;
    }

    /// <summary>
    /// Empty when the fault is told in its place, and nothing else but what must follow; else what came.
    /// </summary>
    static string Judge(Guide guide, RowSample sample, List<Finding> found, bool isStrict)
    {
        var isMet = false;
        var others = new List<string>();
        foreach (var finding in found)
        {
            if (!StandsRight(sample.Text, finding)) return $"misplaced: {X12Reading.Text(finding)}";
            if (sample.IsMetBy(finding) || IsOfSyntax(sample, finding)) isMet = true;
            else if (finding.Severity == Severity.Error && (isStrict || !Follows(guide, sample, finding)))
                others.Add(X12Reading.Text(finding));
        }
        if (isMet && others.Count == 0) return "";
        return $"{(isMet ? "others" : "missed")}: expected {sample.Expected(guide)} of "
            + $"{string.Join('*', [sample.At.Name, .. sample.At.Elements])}\n      "
            + $"{string.Join("\n      ", found.Take(4).Select(f => X12Reading.Text(f)))}";
    }

    /// <summary>
    /// A syntax note of the segment has reported already that the element is missing: one fault, one finding.
    /// </summary>
    static bool IsOfSyntax(RowSample sample, in Finding finding) =>
        sample.Info == X12Findings.ElementAsked
            && (finding.Info == X12Findings.Gap || finding.Info == X12Findings.PairMissing)
            && (finding.Source.Segment, finding.Source.Element, finding.Source.Component)
                == (sample.At.Ordinal, sample.Element, sample.Component);

    /// <summary>The byte that a finding names stands in the segment that it names.</summary>
    static bool StandsRight(SpecimenText text, in Finding finding)
    {
        var ordinal = finding.Source.Segment;
        if (ordinal == 0) return true;
        var segment = text.Segments[SpecimenText.Before + ordinal - 1];
        return segment.Ordinal == ordinal && finding.Source.ByteOffset >= segment.Start
            && finding.Source.ByteOffset <= segment.End;
    }

    /// <summary>
    /// What is reckoned from several segments, or compared: the findings that readers make beyond the tables.
    /// </summary>
    static bool IsReckoned(FindingInfo info) =>
        info == X12Findings.SegmentCount || string.CompareOrdinal(info.Id, X12Findings.LevelNumber.Id) >= 0;

    /// <summary>Segments with which something is reckoned or compared.</summary>
    static readonly string[] Reckoned =
    [
        "HL",
        "LX",
        "CLM",
        "SV1",
        "SV2",
        "SVD",
        "CAS",
        "AMT",
        "HI",
        "NM1",
        "SE",
        "BPR",
        "TRN",
        "N1",
        "PER",
        "PLB",
        "CLP",
        "SVC",
        "QTY",
        "LQ",
        "REF",
        "DTM",
        "STC",
        "AK1",
        "AK9",
        "AK2",
        "IK5",
        "IK3",
        "IK4",
    ];

    /// <summary>
    /// Whether a further error follows necessarily: a situational rule or syntax note that names what was changed; a
    /// sum or number that was reckoned with it; what is missed because a segment is not known any more by its code, and
    /// what stood in its loop; ST02, which SE02 repeats.
    /// </summary>
    static bool Follows(Guide guide, RowSample sample, in Finding finding)
    {
        if (sample.Lost.Contains(finding.Source.Segment)) return true;
        var (row, info) = (finding.A.Kind == ArgKind.Row ? (int)finding.A.Value : 0, finding.Info);
        if (Specimens.Of(guide.Name).Rules.Find(r => r.Row == row) is { } rule)
            return rule.When.Concat(rule.Then)
                .Any(t => sample.Changed.Exists(c => t.Child >= 0
                    ? t.Child == c.Child
                    : t.Segment == c.Segment && (c.Element == 0 || t.Element == 0 || t.Element == c.Element)));
        var changed = sample.Changed.FindAll(static c => c.Segment >= 0).ConvertAll(c => guide.Segments[c.Segment]);
        if (info == X12Findings.SaidTwice)
            return sample.Info == X12Findings.TooManySegments || sample.Info == X12Findings.TooManyLoops
                || changed.Exists(static c => c.Name == "SBR");
        if (info == ValueFindings.OtherMedicareId) return changed.Exists(static c => c.Name == "SBR");
        if (info == X12Findings.Gap) return changed.Exists(c => c.Row == row || IsRowOf(guide, c, row));
        if (info == X12Findings.PairMissing || info == X12Findings.Excludes) return changed.Exists(c => c.Row == row);
        if (IsReckoned(info)) return changed.Exists(static c => Reckoned.Contains(c.Name));
        if (info == X12Findings.ElementMissing) return changed.Exists(c => IsRowOf(guide, c, row));
        if (info == X12Findings.SegmentMissing) return sample.Info != info && changed.Exists(c => c.Row == row);
        if (info == X12Findings.LoopMissing)
            return sample.Info != info && sample.Changed.Exists(c => c.Child >= 0 && guide.Loops[c.Child].Row == row);
        return info == X12Findings.SetControl && changed.Exists(static c => c.Name is "ST" or "SE");
    }

    static bool IsRowOf(Guide guide, SegmentRow segment, int row)
    {
        var isOne = false;
        SpecimenTargets.ForEach(guide, segment, (_, _, spec) => isOne |= spec.Row == row);
        return isOne;
    }
}
