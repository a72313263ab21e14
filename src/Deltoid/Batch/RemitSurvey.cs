using System.Text;
using Deltoid.Answers;
using Deltoid.Findings;
using Deltoid.Remits;
using Deltoid.Values;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;
using Deltoid.X12.Remittances;

namespace Deltoid.Batch;

/// <summary>
/// The first reading of remittances: what each set pays, whether it adds up, what is wrong with it and around it. A
/// file is read twice, since what is to be done with a set is known only at its end, and with a payment that comes
/// again or is carried on only when all files were read. So no claim is held back and no answer spooled; of a claim 48
/// bytes are kept between the readings.
/// </summary>
internal sealed class RemitSurvey
{
    readonly RemittanceReader reader = new() { JudgesAll = true };
    readonly RemittanceBalance balance = new();
    readonly RemittanceSums sums = new();
    readonly Remittance head = new();
    readonly ClaimPayment payment = new();
    readonly FindingList found = new();
    readonly JoinedSegments joined = new();
    readonly List<RemitFault> ofInterchange = [], ofGroup = []; // found before their sets
    SurveyedFile file = new("");
    SurveyedSet? set;
    long segments; // of the file, before what comes

    /// <exception cref="IOException">The stream cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was asked to stop.</exception>
    public SurveyedFile Read(string name, BlockSource source, CancellationToken stop)
    {
        (file, set, segments) = (new(name), null, 0);
        ofInterchange.Clear();
        ofGroup.Clear();
        while (source.Next() is { } block)
        {
            stop.ThrowIfCancellationRequested();
            foreach (var item in block.Items)
            {
                if (item.Part is { } part) Take(part);
                else if (item.SetPart is { } setPart && setPart.Set.Guide?.Set == RemittanceSet.Set)
                    Read(block.Bytes, setPart);
            }
            source.Return(block);
        }
        return file;
    }

    void Take(EnvelopePart part)
    {
        if (part.Kind == EnvelopeKind.Set) BeginSet(part);
        if (part.Kind == EnvelopeKind.SetEnd) joined.Settle(part.Findings);
        if (part.Kind == EnvelopeKind.Interchange) ofInterchange.Clear();
        if (part.Kind is EnvelopeKind.Interchange or EnvelopeKind.Group) ofGroup.Clear();
        var isOfSet = part.Kind is EnvelopeKind.Set or EnvelopeKind.SetEnd;
        foreach (ref readonly var finding in part.Findings.Span)
            if (RemitFault.Of(finding, isOfSet ? set?.Before ?? segments : segments) is { } fault)
                Place(fault with { Text = Shown(part.Text) }, part);
        if (part.Kind == EnvelopeKind.SetEnd)
        {
            segments += part.Count;
            set = null;
        }
        else if (part.Kind != EnvelopeKind.Set && part.Text.Length > 0) segments++;
    }

    void BeginSet(EnvelopePart part)
    {
        var isRead = part.Set!.Guide?.Set == RemittanceSet.Set;
        set = new()
        {
            Place = (part.Place.Interchange, part.Place.Group, part.Place.Set), Control = part.Element(2),
            Before = segments, IsRead = isRead,
        };
        if (!isRead && part.Findings.Count == 0) set.Add(RemitFaults.NoRemittance(part, segments));
        foreach (var fault in ofInterchange) set.Add(fault);
        foreach (var fault in ofGroup) set.Add(fault);
        file.Sets.Add(set);
        joined.Begin();
    }

    /// <summary>
    /// A fault of the envelope is the file's, and that of each set in what it is about: none of them is whole.
    /// </summary>
    void Place(RemitFault fault, EnvelopePart part)
    {
        if (part.Kind is EnvelopeKind.Set or EnvelopeKind.SetEnd)
        {
            set?.Add(fault);
            return;
        }
        file.Faults.Add(fault);
        if (part.Kind == EnvelopeKind.Interchange) ofInterchange.Add(fault);
        if (part.Kind == EnvelopeKind.Group) ofGroup.Add(fault);
        if (part.Kind is not (EnvelopeKind.GroupEnd or EnvelopeKind.InterchangeEnd)) return;
        foreach (var known in file.Sets)
            if (known.Place.Interchange == part.Place.Interchange
                && (part.Kind == EnvelopeKind.InterchangeEnd || known.Place.Group == part.Place.Group))
                known.Add(fault);
    }

    void Read(byte[] bytes, SetPart setPart)
    {
        if (set is null) return;
        if (setPart.Data.Ordinal == 1) balance.Begin();
        reader.Open(bytes, setPart, head, sums);
        while (reader.Read(payment, found))
        {
            Add(found, bytes, setPart, found.Count > 0 ? payment.Text(payment.Id) : "");
            Mark(setPart);
        }
        balance.Add(head, sums);
        (set.Paid, set.Adjusted) = (set.Paid + new Money(sums.Paid), set.Adjusted + new Money(sums.Adjusted));
        if (setPart.IsLast) balance.Judge(reader.SetFindings);
        Add(reader.SetFindings, bytes, setPart, "");
        if (!setPart.IsLast) return;
        set.Head = balance.Payment;
        set.Bare = set.Head.Detach();
        set.Bare.Adjustments.Clear();
        foreach (ref readonly var row in set.Head.Adjustments.Span) set.Adjustments.Add(new(row));
        set.CountRepeated();
    }

    static readonly Code Interest = Code.Of("I");

    void Mark(SetPart setPart)
    {
        ReadOnlySpan<byte> id = payment[payment.Id], control = payment[payment.PayerControl];
        if (payment.Amount(Interest) is { Cents: not 0 } && set!.WithInterest++ == 0)
            set.FirstWithInterest = payment.Text(payment.Id);
        set!.Marks.Add(new(ContentHash.Of(payment), ContentHash.OfNumber(id), ContentHash.OfNumber(control),
            ContentHash.OfDecision(payment), InFile(setPart, payment.Id.Start), payment.Source.Segment,
            payment.IsReversal, payment.IsOfLaterPayer));
    }

    static long InFile(SetPart part, int at) => part.Data.FileOffset + at - part.Data.Start;

    void Add(FindingList findings, byte[] bytes, SetPart setPart, string claim)
    {
        joined.Take(findings);
        foreach (ref readonly var finding in findings.Span)
            if (RemitFault.Of(finding, set!.Before) is { } fault)
                set.Add(fault with { Text = TextAt(bytes, setPart, fault.At), Claim = claim });
        findings.Clear();
    }

    /// <summary>The segment at a byte of the file, where the part or what is copied for it has it.</summary>
    static string TextAt(byte[] bytes, SetPart part, long at)
    {
        foreach (var run in (IEnumerable<SegmentRun>)[part.Data, .. part.Context.Skip(1)])
        {
            if (at < run.FileOffset || at >= run.FileOffset + run.Length) continue;
            var text = bytes.AsSpan(run.Start, run.Length);
            var here = (int)(at - run.FileOffset);
            var terminator = part.Set.Delimiters.Segment;
            var from = text[..here].LastIndexOf(terminator) + 1;
            var length = text[from..].IndexOf(terminator);
            return Shown(length < 0 ? text[from..] : text.Slice(from, length));
        }
        return "";
    }

    const int LongestShown = 300;

    static string Shown(ReadOnlySpan<byte> text)
    {
        text = text.Trim("\r\n "u8);
        var shown = Encoding.UTF8.GetString(text[..Math.Min(text.Length, LongestShown)])
            .Replace("\r", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal);
        return text.Length > LongestShown ? shown + "…" : shown;
    }
}
