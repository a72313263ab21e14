using System.Globalization;
using System.Text;
using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Findings;
using Deltoid.Rules;
using Deltoid.Values;
using Deltoid.X12;
using Deltoid.X12.Acknowledgments;
using Deltoid.X12.Envelope;
using Deltoid.X12.Guides;

namespace Deltoid.Results;

/// <summary>
/// What a 999 or a TA1 says, in sentences: accepted or rejected, and of each error where it is, what is wrong and
/// what to do. A value
/// that the 999 repeats is not shown: it may be a patient's.
/// </summary>
internal sealed class AcknowledgmentPage(TextPage page) : SetPage
{
    readonly AcknowledgmentReader reader = new();
    readonly Acknowledgment read = new();
    readonly FindingList unused = new(); // `check` reports what is wrong

    /// <summary>A TA1.</summary>
    public void Write(EnvelopePart part)
    {
        var verdict = AcknowledgmentReader.Read(part, unused);
        unused.Clear();
        var when = verdict.Day.Length == 0 ? "" : $" of {DayOf(verdict.Day)}{TimeOf(verdict.Time)}";
        var error = ResponseCodes.Shipped.Find(ResponseKind.InterchangeError, verdict.Fault);
        var why = verdict.Fault is "000" or "" ? "" : $": {error?.Label ?? $"error {verdict.Fault}"}";
        var codes = TextPage.Code($"({verdict.Verdict} {verdict.Fault})".Replace("\0", "", StringComparison.Ordinal));
        page.Wrap("", $"Interchange {verdict.Control}{when}: {WordsOf(verdict.Verdict)}{why} {codes}");
        if (error is { Do.Length: > 0 } && verdict.Verdict != 'A') page.Wrap("  to do: ", error.Do);
        page.Line();
    }

    static string DayOf(string day) => day.Length == 6 ? $"20{day[..2]}-{day[2..4]}-{day[4..]}" : day;

    static string TimeOf(string time) => time.Length == 4 ? $" {time[..2]}:{time[2..]}" : "";

    static string WordsOf(char verdict) =>
        verdict == '\0' ? "no verdict is given" : ResponseCodes.Shipped.Words(ResponseKind.Verdict, verdict.ToString());

    /// <summary>A set of a 999; such a set comes in one part.</summary>
    public override void Write(byte[] bytes, SetPart setPart)
    {
        reader.Read(bytes, setPart, read, unused);
        unused.Clear();
        WriteGroup();
        foreach (ref readonly var set in read.Sets.Span) WriteSet(set);
        page.Line();
    }

    void WriteGroup()
    {
        var kind = NameOf(read.GroupGuide) is { Length: > 0 } name
            ? name
            : $"{read.Functional} {read.Text(read.GroupGuide)}";
        var counts = read.Received < 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $", {Math.Max(read.Accepted, 0)} of {read.Received} sets accepted");
        var announced = read.Announced >= 0 && read.Announced != read.Received
            ? string.Create(CultureInfo.InvariantCulture, $"; {read.Announced} were announced") : "";
        var head = $"Acknowledgment of group {read.Text(read.GroupControl)} "
            + $"({kind.Trim()}): {WordsOf(read.Verdict)}{counts}{announced}";
        page.Line(page.Strong(Shown.Of(head)));
        WriteErrors("  ", "group", ResponseKind.GroupError, "AK905", read.Faults);
        if (ResponseCodes.Shipped.Find(ResponseKind.Verdict, read.Verdict.ToString()) is { Do.Length: > 0 } verdict)
            page.Wrap("  to do: ", verdict.Do);
    }

    /// <summary>What a guide is called: 837P; empty where it is none that is read here.</summary>
    string NameOf(TextRange guide)
    {
        var version = read.Text(guide);
        return TransactionSets.All.FirstOrDefault(set => set.Versions.Contains(version))?.Name ?? "";
    }

    void WriteErrors(string lead, string subject, ResponseKind kind, string element, in FaultCodes codes)
    {
        foreach (var code in codes)
        {
            if (code.IsNone) continue;
            var error = ResponseCodes.Shipped.Find(kind, code.ToString());
            page.Wrap(lead, $"{subject}: {error?.Label ?? $"error {code}"} {TextPage.Code($"({element} {code})")}");
        }
    }

    void WriteSet(in SetVerdict set)
    {
        var kind = NameOf(set.Guide) is { Length: > 0 } name ? name : $"{set.Kind} {read.Text(set.Guide)}";
        page.Wrap("  ", $"set {read.Text(set.Control)} ({kind.Trim()}): {WordsOf(set.Verdict)}");
        WriteErrors("    ", "set", ResponseKind.SetError, "IK502", set.Faults);
        foreach (ref readonly var rejection in read.RejectionsOf(set)) WriteRejection(set, rejection);
    }

    void WriteRejection(in SetVerdict set, in Rejection rejection)
    {
        var loop = rejection.Loop.IsEmpty ? "" : $" in loop {read.Text(rejection.Loop)}";
        var ordinal = rejection.Ordinal == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" {rejection.Ordinal}");
        var where = $"segment{ordinal} {rejection.Segment}{loop}{UnitOf(rejection)}";
        var (kind, at, code) = rejection.OfElement
            ? (ResponseKind.ElementError, "IK403", rejection.ElementFault)
            : (ResponseKind.SegmentError, "IK304", rejection.Fault);
        var error = ResponseCodes.Shipped.Find(kind, code.ToString());
        var element = rejection.OfElement ? ElementOf(set, rejection) + ": " : "";
        var says = error?.Label ?? (code.IsNone ? "no error is named" : $"error {code}");
        page.Wrap("    ", $"{where}: {element}{says}{TriggerOf(rejection)} {TextPage.Code($"({at} {code})")}");
        if (error is { Do.Length: > 0 }) page.Wrap("      to do: ", error.Do);
    }

    /// <summary>The claim that the segment is of, by the number that the 999 repeats.</summary>
    string UnitOf(in Rejection rejection)
    {
        if (rejection.UnitNumber.IsEmpty) return "";
        var (kind, number) = (read.Text(rejection.UnitKind), read.Text(rejection.UnitNumber));
        return kind is "CLM01" or "PATIENT ACCOUNT NUMBER" ? $", claim {number}" : $", {kind} {number}";
    }

    /// <summary>
    /// <c>element 9 (member id)</c>, with what the guide calls it where the segment has one row there.
    /// </summary>
    string ElementOf(in SetVerdict set, in Rejection rejection)
    {
        if (rejection.Element == 0) return "an element";
        var component = rejection.Component > 0 ? $"-{rejection.Component}" : "";
        var repeat = rejection.Repeat > 1 ? $", repetition {rejection.Repeat}" : "";
        var label = LabelOf(set, rejection);
        return string.Create(CultureInfo.InvariantCulture,
            $"element {rejection.Element}{component}{repeat}{(label.Length > 0 ? $" ({label})" : "")}");
    }

    string LabelOf(in SetVerdict set, in Rejection rejection)
    {
        if (TransactionSets.Named(NameOf(set.Guide)) is not { } guide) return "";
        var (name, loop) = (rejection.Segment.ToString(), read.Text(rejection.Loop));
        var rows = guide.Segments.Where(s => s.Name == name && guide.Loops[s.Loop].Name == loop).ToList();
        if (rows.Count != 1 || rejection.Element > rows[0].Elements) return "";
        var spec = guide.Specs[rows[0].FirstSpec + rejection.Element - 1];
        if (rejection.Component > 0 && rejection.Component <= spec.Components)
            spec = guide.Specs[spec.FirstComponent + rejection.Component - 1];
        return spec.Row == rows[0].Row ? "" : guide.Labels.GetValueOrDefault(spec.Row, "");
    }

    static string TriggerOf(in Rejection rejection)
    {
        ref readonly var trigger = ref rejection.Trigger;
        if (trigger.Segment.IsNone) return "";
        var element = trigger.Element == 0 ? "" : trigger.Element.ToString("00", CultureInfo.InvariantCulture);
        var component = trigger.Component == 0 ? "" : $"-{trigger.Component}";
        var ordinal = trigger.Ordinal == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $" (segment {trigger.Ordinal})");
        return $", asked for by {trigger.Segment}{element}{component}{ordinal}";
    }
}
