using System.Globalization;
using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// Why a claim comes out otherwise: the rows of its codes that two books do not have alike, in a few words each.
/// </summary>
internal static class ImpactReasons
{
    /// <summary>Rows of one code.</summary>
    public static IEnumerable<string> Of(TwoBooks books, Code code, bool facility)
    {
        if (books.Fate(code) is { } fate) yield return $"{code}: {FateOf(books, code, fate)}";
        if (books.Unit(code) is { } unit) yield return $"{code}: one unit {BookWords.Of(unit, BookWords.Unit)}";
        if (books.Limit(code, facility) is { } limit)
            yield return $"{code}: units a day {BookWords.Of(limit, BookWords.Limit)}";
        if (facility && books.Opps(code) is { } opps) yield return $"{code}: OPPS {BookWords.Of(opps, BookWords.Opps)}";
        if (!facility && books.Asp(code) is { } asp)
            yield return $"{code}: ASP limit {BookWords.Of(asp, BookWords.Asp)}";
        if (!facility && books.Fee(code) is { } fee)
            yield return $"{code}: fee schedule {FeeOf(fee.Before, code, books.Before, books.BeforeDay)} "
                + $"-> {FeeOf(fee.After, code, books.After, books.AfterDay)}";
        if (books.AddOn(code) is not null) yield return $"{code}: the codes it is added to";
    }

    /// <summary>The conversion factor, where it moved.</summary>
    public static IEnumerable<string> OfFactor(TwoBooks books)
    {
        var (old, now) = books.Factor(qualifying: false);
        if (old != now) yield return string.Create(CultureInfo.InvariantCulture, $"conversion factor {old} -> {now}");
    }

    /// <summary>The pair of two codes, whichever is in column one.</summary>
    public static IEnumerable<string> OfPair(TwoBooks books, Code left, Code right, bool hospital)
    {
        foreach (var (one, two) in ((Code, Code)[])[(left, right), (right, left)])
            if (books.Pair(one, two, hospital) is { } pair)
                yield return $"{one} with {two}: {BookWords.Indicator(pair.Before)} -> {BookWords.Indicator(pair.After)}";
    }

    public static IEnumerable<string> OfDiagnosis(TwoBooks books, Code diagnosis)
    {
        var (old, now) = (StandingIn(books.Before, books.BeforeDay, diagnosis),
            StandingIn(books.After, books.AfterDay, diagnosis));
        if (old != now)
            yield return $"{diagnosis.ToDiagnosis()}: {BookWords.Standing(old)} -> {BookWords.Standing(now)}";
    }

    static DiagnosisStanding StandingIn(CodeBook book, DateOnly day, Code diagnosis) =>
        book.Diagnoses(day)?.Standing(diagnosis) ?? DiagnosisStanding.NotInBook;

    static string FateOf(TwoBooks books, Code code, CodeFate fate) => fate switch
    {
        CodeFate.New => "new",
        CodeFate.Reinstated => "reinstated",
        _ =>
            $"retired{(books.LastDayOf(code) is { } last ? $", last day {last.Iso()}" : "")}"
                + $"{(books.After.Successors(code) is { Count: > 0 } next ? $"; bill {string.Join(" or ", next)}" : "")}",
    };

    static string FeeOf(FeeRow? row, Code code, CodeBook book, DateOnly day) =>
        row is { } said ? BookWords.Fee(said, book, code, day) : "none";
}
