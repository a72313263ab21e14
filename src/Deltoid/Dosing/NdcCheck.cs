using Deltoid.Codes;
using Deltoid.Values;

namespace Deltoid.Dosing;

/// <summary>Whether a package and a code are of one drug: the book knows both (INJ-126).</summary>
internal static class NdcCheck
{
    /// <summary>
    /// The drug that the package is of, where it is not the one of the line; null where they agree or the book cannot
    /// say.
    /// </summary>
    public static Drug? OtherDrug(CodeBook book, Ndc ndc, Code code, Drug drug, DateOnly day)
    {
        if (book.TryContainer(ndc, out var named, out _)) return named == drug.Index ? null : book.Drugs[named];
        Drug? other = null;
        var codes = book.CodesOf(ndc, day);
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i].Code == code) return null;
            var drugs = book.DrugsBilledAs(codes[i].Code);
            for (var j = 0; j < drugs.Count; j++)
            {
                if (drugs[j] == drug.Index) return null;
                other ??= book.Drugs[drugs[j]];
            }
        }
        return other;
    }

    /// <summary>
    /// The code that a package is billed as, where the line's code is another one of the same drug; none where it fits
    /// or is not known.
    /// </summary>
    public static Code OtherCode(CodeBook book, Ndc ndc, Code code, DateOnly day)
    {
        Code other = default;
        var codes = book.CodesOf(ndc, day);
        for (var i = 0; i < codes.Count; i++)
        {
            if (codes[i].Code == code) return default;
            if (other.IsNone && ShareDrug(book, codes[i].Code, code)) other = codes[i].Code;
        }
        return other;
    }

    static bool ShareDrug(CodeBook book, Code one, Code two)
    {
        var (first, second) = (book.DrugsBilledAs(one), book.DrugsBilledAs(two));
        for (var i = 0; i < first.Count; i++)
            for (var j = 0; j < second.Count; j++)
                if (first[i] == second[j]) return true;
        return false;
    }
}
