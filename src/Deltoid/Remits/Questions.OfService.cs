using Deltoid.Answers;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions about the service: its time, what it is beside, when it was last given, why it was
/// given.</summary>
internal static partial class Questions
{
    static Row[] OfService =>
    [
        new("has-chart", static (at, _) => Truths.Of(at.Of.Encounter is not null)),
        new("charted-time", ChartedTime, "times-charted"),
        new("other-line", OtherLine),
        new("primary-sent", static (at, _) => at.Of.Claim is null || !IsAddOn(at)
            ? Truth.Unknown
            : Truths.Of(PrimaryOf(at, at.Of.Claim) >= 0)),
        new("paid-primary", static (at, _) => Truths.Of(at.Payment is { } payment
            && IsPaidParent(at, payment))),
        new("primary-charted", static (at, _) => ChartedPrimary(at) is { } code
            ? Truths.Of(!code.IsNone)
            : Truth.Unknown, "administrations-charted"),
        new("primary-elsewhere", static (at, _) => Truths.Of(at.Facts.Any(f => f.Kind.Name == "billed-on-other-claim"
            && f.Is && f.Covers(at.LineNumber) && IsParent(at, Code.Of(f["code"]!.Text))))),
        new("distinct", static (at, args) => DistinctFrom(at) is { } fact
            ? Truths.Of(fact.Is && (args.Length == 0 || Array.IndexOf(args, fact["by"]?.Text) >= 0))
            : Truth.Unknown, "distinct-service"),
        new("interval", Interval, "payer-policy"),
        new("charted-diagnosis", static (at, args) => DocumentedDiagnoses(at) is { Count: > 0 } codes
            ? Truths.Of(Array.IndexOf(args, codes.Exists(c => at.Of.Claim!.PositionOf(c) == 0) ? "missing" : "same")
                >= 0)
            : Truth.Unknown, "diagnosis-documented"),
        new("charted-pointer", static (at, args) => PointedOf(at, at.Coded, at.CodedLine) is { Count: > 0 } codes
            ? Truths.Of(Array.IndexOf(args, codes[0] == PointedOf(at, at.Of.Claim, at.Sent).FirstOrDefault()
                ? "same" : "other") >= 0)
            : Truth.Unknown, "encounter"),
        new("charted-modifiers", static (at, args) => at.CodedLine >= 0 && at.Sent >= 0
            ? Truths.Of(Array.IndexOf(args, at.Coded!.Lines[at.CodedLine].Modifiers == at.Modifiers ? "same" : "other")
                >= 0)
            : Truth.Unknown, "encounter"),
    ];

    /// <summary>Codes paid by time: the least minutes of one unit, and whether each further hour is one more.</summary>
    static readonly (string Code, int Least, bool ByHour)[] Timed =
    [
        ("96360", 31, false), ("96361", 91, true), ("96365", 16, false), ("96366", 91, true), ("96367", 16, false),
        ("96369", 16, false), ("96370", 91, true), ("96413", 16, false), ("96415", 91, true), ("96417", 16, false),
    ];

    /// <summary>The units that the charted minutes come to; null where no time is charted, or the code has
    /// none.</summary>
    public static int? UnitsOfTime(Situation at)
    {
        var row = Array.Find(Timed, t => t.Code == at.Code.ToString());
        if (row.Code is null || Facts.First(at, "times-charted") is not { } times) return null;
        if (!TimeOnly.TryParse(times["start"]!.Text, out var start)
            || !TimeOnly.TryParse(times["stop"]!.Text, out var stop))
            return null;
        var minutes = (int)(stop - start).TotalMinutes; // past midnight it wraps around
        return minutes < row.Least ? 0 : row.ByHour ? (minutes - 31) / 60 : 1;
    }

    /// <summary><c>charted-time:none</c> enough for a unit, <c>less</c> than billed, <c>same</c>,
    /// <c>more</c>.</summary>
    static Truth ChartedTime(Situation at, string[] args)
    {
        if (!Array.Exists(Timed, t => t.Code == at.Code.ToString())) return Truth.No;
        if (UnitsOfTime(at) is not { } units || at.Units is not { } billed) return Truth.Unknown;
        var charted = Quantity.Of(units);
        var standing = units == 0 ? "none" : charted < billed ? "less" : charted > billed ? "more" : "same";
        return Truths.Of(Array.IndexOf(args, standing) >= 0);
    }

    /// <summary>Another line of the claim is of one of these kinds.</summary>
    static Truth OtherLine(Situation at, string[] args)
    {
        if (at.Of.Claim is not { } claim || at.Sent < 0) return Truth.Unknown;
        for (var i = 0; i < claim.Lines.Length; i++)
            if (i != at.Sent && at.Book.TryCode(claim.Lines[i].Code, at.Day, out var row))
                foreach (var (name, any) in Kinds)
                    if (Array.IndexOf(args, name) >= 0 && row.Groups.HasAny(any)) return Truth.Yes;
        return Truth.No;
    }

    static bool IsAddOn(Situation at) => at.Book.AddOn(at.Code, at.Day) is not null;

    static bool IsParent(Situation at, Code code) =>
        at.Book.AddOn(at.Code, at.Day) is { } row && at.Book.Parents(row).Contains(code);

    /// <summary>The line of a claim that the add-on of the line adds to, by its index; -1 where there is
    /// none.</summary>
    public static int PrimaryOf(Situation at, Claim claim)
    {
        for (var i = 0; i < claim.Lines.Length; i++)
            if (IsParent(at, claim.Lines[i].Code)) return i;
        return -1;
    }

    static bool IsPaidParent(Situation at, ClaimPayment payment)
    {
        foreach (ref readonly var line in payment.Lines)
            if (line.Paid is { Cents: > 0 } && IsParent(at, line.Procedure.Code)) return true;
        return false;
    }

    /// <summary>
    /// The primary code that is charted for an add-on: none where the record says that there is none; null where it
    /// does not say.
    /// </summary>
    public static Code? ChartedPrimary(Situation at)
    {
        if (at.Coded is { } coded) return PrimaryOf(at, coded) is >= 0 and var i ? coded.Lines[i].Code : default(Code);
        Code? found = null;
        foreach (var fact in at.Facts)
        {
            if (fact.Kind.Name != "administrations-charted") continue;
            if (fact["code"] is not { } code)
            {
                if (!fact.Is) found ??= default(Code);
            }
            else if (IsParent(at, Code.Of(code.Text)))
            {
                if (fact.Is && fact["count"] is { Number: > 0 }) return Code.Of(code.Text);
                found ??= default(Code);
            }
        }
        return found;
    }

    /// <summary>What is said of the line being apart from another: the fact names either of the two.</summary>
    public static RecordFact? DistinctFrom(Situation at)
    {
        RecordFact? found = null;
        foreach (var fact in at.Facts)
        {
            if (fact.Kind.Name != "distinct-service" || !fact.Covers(at.LineNumber)) continue;
            var names = new[] { fact["line"], fact["from"] };
            if (at.LineNumber > 0 && Array.Exists(names, n => n is not null)
                && !Array.Exists(names, n => n?.Number == at.LineNumber))
                continue;
            if (fact.Is) return fact;
            found ??= fact;
        }
        return found;
    }

    /// <summary>
    /// <c>interval:kept</c>, <c>short</c>: the days since the last dose against the least that the payer's policy asks
    /// for.
    /// </summary>
    static Truth Interval(Situation at, string[] args)
    {
        var last = Facts.First(at, "prior-dose")?["on"]?.Day ?? Facts.First(at, "treatment-ongoing")?["lastOn"]?.Day;
        if (last is not { } day || MinimumDays(at) is not { } least) return Truth.Unknown;
        return Truths.Of(Array.IndexOf(args, at.Day.DayNumber - day.DayNumber >= least ? "kept" : "short") >= 0);
    }

    /// <summary>90 of "90 days".</summary>
    static int? MinimumDays(Situation at)
    {
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "payer-policy" && fact.Is && fact["topic"]?.Text == "minimum-interval"
                && fact["says"]!.Text.Split(' ') is [var count, var unit, ..]
                && int.TryParse(count, System.Globalization.NumberStyles.None,
                    System.Globalization.CultureInfo.InvariantCulture, out var days))
                return unit.StartsWith("week", StringComparison.OrdinalIgnoreCase) ? days * 7 : days;
        return null;
    }

    /// <summary>The diagnoses that the record states, valid or not, for the line.</summary>
    public static List<Code> DocumentedDiagnoses(Situation at)
    {
        var codes = new List<Code>();
        if (at.Of.Claim is null) return codes;
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "diagnosis-documented" && fact.Is && fact.Covers(at.LineNumber))
                foreach (var text in fact["codes"]?.All ?? [])
                    if (Code.TryParse(text.Replace(".", "", StringComparison.Ordinal), out var code)
                        && !codes.Contains(code))
                        codes.Add(code);
        return codes;
    }

    /// <summary>The diagnoses that a line points to, the primary first.</summary>
    public static List<Code> PointedOf(Situation at, Claim? claim, int line)
    {
        var codes = new List<Code>();
        if (claim is null || line < 0) return codes;
        var pointers = claim.Lines[line].Pointers;
        for (var i = 0; i < pointers.Count; i++)
            if (pointers[i] is > 0 and var at1 && at1 <= claim.DiagnosisCount) codes.Add(claim.Diagnoses[at1 - 1]);
        return codes;
    }
}
