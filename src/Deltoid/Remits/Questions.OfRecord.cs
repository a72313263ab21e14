using System.Globalization;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>Questions that take several fields of a fact, or days.</summary>
internal static partial class Questions
{
    static Row[] OfRecord =>
    [
        new("known", static (at, args) => Truths.Of(Facts.SpeakAll(at, args))),
        new("place-differs", PlaceDiffers, "place-was"),
        new("place-was-office", PlaceWasOffice, "place-was"),
        new("authorization-covers", AuthorizationCovers, "authorization-on-file"),
        new("notice-valid", NoticeIsValid, "notice-on-file"),
        new("proof-in-time", ProofInTime, "filing-proof"),
        new("records-due", RecordsAreDue, "records-request"),
        new("given-more-than-once", GivenAgain, "administrations-charted"),
        new("charted-count", ChartedCount, "administrations-charted"),
        new("criteria-missing", static (at, _) => Facts.First(at, "coverage-criteria-met") is { } met
            ? Truths.Of(met["missing"] is { All.Length: > 0 })
            : Truth.Unknown, "coverage-criteria-met"),
    ];

    static Truth PlaceDiffers(Situation at, string[] args) =>
        Facts.First(at, "place-was")?["pos"] is not { } was || at.Place.IsNone
            ? Truth.Unknown
            : Truths.Of(was.Text != at.Place.ToString());

    static Truth PlaceWasOffice(Situation at, string[] args) =>
        Facts.First(at, "place-was")?["pos"] is not { } was
            ? Truth.Unknown
            : Truths.Of(at.Book.Place(Code.Of(was.Text), at.Day) is { Facility: false });

    /// <summary>An authorization whose codes, days and units take the line, or the claim's drug.</summary>
    static Truth AuthorizationCovers(Situation at, string[] args) => Facts.Any(at, "authorization-on-file",
        fact => Truths.Of(fact.CoversDay(at.Day) && CoversCode(at, fact) && HasRoom(at, fact)));

    /// <summary>The line's own code, or that of a drug of the claim: its administration goes with the drug.</summary>
    static bool CoversCode(Situation at, RecordFact fact)
    {
        if (fact["codes"] is not { } codes || Array.IndexOf(codes.All, at.Code.ToString()) >= 0) return true;
        foreach (ref readonly var line in at.Of.Claim is { } claim ? claim.Lines : default)
            if (Array.IndexOf(codes.All, line.Code.ToString()) >= 0) return true;
        return false;
    }

    static bool HasRoom(Situation at, RecordFact fact)
    {
        if (fact["units"] is not { } units) return true;
        var left = units.Number - (fact["used"]?.Number ?? 0);
        foreach (ref readonly var line in at.Of.Claim is { } claim ? claim.Lines : default)
            if (fact["codes"] is not { } codes || Array.IndexOf(codes.All, line.Code.ToString()) >= 0)
                left -= line.Units.Value;
        return left >= 0;
    }

    /// <summary>
    /// A notice that moves the cost to the patient: of the kind asked for, before the service, naming it, with its
    /// cost.
    /// </summary>
    static Truth NoticeIsValid(Situation at, string[] args) => Facts.Any(at, "notice-on-file",
        fact => BeforeService(at, fact).And(Truths.Of(fact["named"]?.Flag)), fact => IsOfKind(fact, args));

    /// <summary>One that states no kind may be of any.</summary>
    static bool IsOfKind(RecordFact fact, string[] kinds) =>
        kinds.Length == 0 || fact["kind"] is not { } kind || Array.IndexOf(kinds, kind.Text) >= 0;

    static Truth BeforeService(Situation at, RecordFact notice)
    {
        if (notice["beforeService"] is { } said) return Truths.Of(said.Flag);
        if (notice["signed"] is not { } signed) return Truth.Unknown;
        return signed.Day == at.Day ? BeforeStart(at, signed) : Truths.Of(signed.Day < at.Day);
    }

    /// <summary>Signed on the day: before the first dose that the chart times, where every dose is timed.</summary>
    static Truth BeforeStart(Situation at, FactValue signed)
    {
        if (signed.Text.Length < "2026-01-01T00:00".Length || at.Of.Encounter is not { } chart) return Truth.Unknown;
        var time = TimeOnly.ParseExact(signed.Text.AsSpan("2026-01-01T".Length), "HH:mm", CultureInfo.InvariantCulture);
        var (known, isAllTimed) = (Truth.Unknown, true);
        foreach (var given in chart.Administrations.Where(static a => a.Given != false))
            if (given.Start is not { } start) isAllTimed = false;
            else if (time > start) return Truth.No;
            else if (time < start) known = Truth.Yes;
        return isAllTimed ? known : Truth.Unknown;
    }

    /// <summary>
    /// The payer accepted the claim within its limit. A rejection, or a proof of sending alone, is none.
    /// </summary>
    static Truth ProofInTime(Situation at, string[] args)
    {
        var (truth, isSaid) = (Truth.No, false);
        foreach (var fact in at.Facts)
        {
            if (fact.Kind.Name != "filing-proof") continue;
            isSaid = true;
            if (!fact.Is || fact["verdict"]?.Text != "accepted" || fact["kind"]?.Text is "fax" or "mail") continue;
            if (fact["kind"]?.Text is "clearinghouse" && fact["payerControl"] is null) continue; // no payer's
            var limit = Clocks.FilingLimit(at);
            truth = truth.Or(limit == default ? Truth.Unknown : Truths.Of(fact["on"]!.Day <= limit));
        }
        return isSaid ? truth : Truth.Unknown;
    }

    static Truth Covers(Situation at, string kind, string[] kinds) => Facts.Any(at, kind,
        fact => Truths.Of(fact.CoversDay(at.Day)), fact => IsOfKind(fact, kinds));

    /// <summary>Records were asked for, and the last day for them has not passed.</summary>
    static Truth RecordsAreDue(Situation at, string[] args)
    {
        var due = Clocks.Of(at, NextStep.SendRecords)?.Date ?? default;
        return due == default || at.Of.Today == default ? Truth.Unknown : Truths.Of(at.Of.Today <= due);
    }

    /// <summary>How often the line's service is charted; null where nobody says.</summary>
    public static decimal? CountOf(Situation at) =>
        StatedCount(at) ?? (at.CodedLine >= 0 ? at.Coded!.Lines[at.CodedLine].Units.Value : null);

    static decimal? StatedCount(Situation at)
    {
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "administrations-charted" && fact.Is && fact.Covers(at.LineNumber)
                && (fact["code"] is not { } code || code.Text == at.Code.ToString()))
                return fact["count"]?.Number;
        return null;
    }

    /// <summary>How often the chart has the line's service: on one line of units or on lines of their own.</summary>
    static decimal? CodedCount(Situation at)
    {
        if (at.CodedLine < 0) return null;
        var (code, sum) = (at.Coded!.Lines[at.CodedLine].Code, 0m);
        foreach (ref readonly var line in at.Coded.Lines)
            if (line.Code == code) sum += line.Units.Value;
        return sum;
    }

    /// <summary>
    /// The service was given again beside the one that is paid: more is charted than this claim bills, or than its twins
    /// on the claim that are paid. A claim that bills all that is charted is the same claim again.
    /// </summary>
    static Truth GivenAgain(Situation at, string[] args)
    {
        if (Facts.First(at, "distinct-service") is not null) return Truth.Yes;
        if (DosesOf(at) is not { } count) return Truth.Unknown;
        return Truths.Of(count > 1 && (count > DosesBilled(at)
            || (PaidBeside(at) is > 0 and var paid && count > paid)));
    }

    /// <summary>How often this claim bills the line's service; of a drug how often it bills giving one.</summary>
    static decimal DosesBilled(Situation at)
    {
        var (isDrug, sum) = (LineIs(at, ["drug", "vaccine"]) == Truth.Yes, 0m);
        foreach (ref readonly var line in at.Of.Claim is { } claim ? claim.Lines : default)
            if (isDrug
                ? at.Book.TryCode(line.Code, at.Day, out var row) && row.Groups.HasAny(Group.DrugAdministration
                    | Group.VaccineAdministration | Group.MedicareVaccineAdministration)
                : line.Code == at.Code)
                sum += line.Units.Value;
        return Math.Max(sum, 1);
    }

    /// <summary>How often the line's service was given: a drug as often as its administration.</summary>
    static decimal? DosesOf(Situation at)
    {
        if (LineIs(at, ["drug", "vaccine"]) != Truth.Yes) return StatedCount(at) ?? CodedCount(at);
        foreach (var fact in at.Facts)
            if (fact.Kind.Name == "administrations-charted" && fact.Is && fact.Covers(at.LineNumber))
                return fact["count"]?.Number;
        return at.Of.Encounter?.Administrations.Count(a => a.Given != false);
    }

    /// <summary><c>charted-count:less</c> than billed, <c>same</c>, <c>more</c>.</summary>
    static Truth ChartedCount(Situation at, string[] args)
    {
        if (LineIs(at, ["drug", "vaccine"]) == Truth.Yes) return Truth.No; // its units are no count of doses
        if (CountOf(at) is not { } count || at.Units is not { } units) return Truth.Unknown;
        var standing = count < units.Value ? "less" : count > units.Value ? "more" : "same";
        return Truths.Of(Array.IndexOf(args, standing) >= 0);
    }
}
