using System.Globalization;
using System.Text;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.X12.Guides;

/// <summary>The forms that values of X12 have; the words of the first column of <c>values.tsv</c>.</summary>
enum ValueForm : byte
{
    None, Npi, Tax, Zip, Zip9, State, Country, Taxonomy, Place, Icd10, Icd9, Procedure, Revenue, Ndc, Carc, Rarc,
    Status, Category, Modifier, Phone, Bill,
    Nubc, Drg, Pcs, OldSurgery, Currency,
    D8, D6, Rd8, Dt, Tm, Number, Whole, Code,
}

/// <summary>What is wrong with a value; the words of the second column of <c>values.tsv</c>.</summary>
enum ValueFault : byte
{
    None, Other, Blank, Hyphen, Slash, Point, Comma, Currency, Lower, Letter, Sign, Few, Many, Start, Check, Ten,
    Packed,
    Year, Month, Day, Swapped, Span, Single, Hour, Minute, Points, Minus, Digits, Zero, Negative, TooShort, TooLong,
    TooPrecise,
    Nothing, AfterMade, BeforeBirth, StayAfterMade, AdmittedLate, BornLater, PastAfterMade, OfIcd9, OfIcd10, Mixed,
    NoDiagnosis, Companion, Part, Pair, PairFilled, Key, OutsideStay, DecidedEarly,
}

/// <summary>
/// Says what is wrong with a value and what to do, in words of <c>values.tsv</c>. A finding carries the form, the
/// fault, and numbers that belong to it, never the value.
/// </summary>
static class ValueFaults
{
    readonly record struct Words(string Says, string Do);

    const int First = 8, Second = 32, Mask = 0xFFFFFF;

    static readonly Lazy<Dictionary<(ValueForm, ValueFault), Words>> Table = new(Read);

    /// <summary>A fault of a form, with up to two numbers: counts, or days as day numbers.</summary>
    public static Arg Of(ValueForm form, ValueFault fault, int first = 0, int second = 0) =>
        new(ArgKind.Fault, (byte)fault | ((long)first << First) | ((long)second << Second), (byte)form);

    public static Arg Of(ValueFault fault, DateOnly day, DateOnly other = default) =>
        Of(ValueForm.None, fault, day.DayNumber, other.DayNumber);

    /// <summary>Hyphens in an NDC that can be read: the finding has its eleven digits.</summary>
    public static Arg Of(Ndc ndc) =>
        new(ArgKind.Fault, (byte)ValueFault.Packed | (checked((long)ndc.Digits) << First), (byte)ValueForm.Ndc);

    /// <summary>
    /// What is wrong, and the form it must have: <c>holds a hyphen; a tax or social security number has nine
    /// digits</c>.
    /// </summary>
    public static string Says(Arg arg)
    {
        var (form, fault) = Split(arg);
        var says = Cell(form, fault, static w => w.Says);
        if (says.EndsWith('.')) return Fill(says[..^1], arg);
        var asks = form == ValueForm.None ? "" : Table.Value.GetValueOrDefault((form, ValueFault.None)).Says ?? "";
        return Fill(asks.Length == 0 ? says : $"{says}; {asks}", arg);
    }

    /// <summary>What to do about it.</summary>
    public static string Remedy(Arg arg)
    {
        var (form, fault) = Split(arg);
        var remedy = Cell(form, fault, static w => w.Do);
        return Fill(remedy.Length > 0 ? remedy : Cell(form, ValueFault.None, static w => w.Do), arg);
    }

    static (ValueForm Form, ValueFault Fault) Split(Arg arg) => ((ValueForm)arg.Extra, (ValueFault)(arg.Value & 0xFF));

    /// <summary>The cell of the form and the fault, else that of the fault alone.</summary>
    static string Cell(ValueForm form, ValueFault fault, Func<Words, string> of)
    {
        if (Table.Value.TryGetValue((form, fault), out var own) && of(own).Length > 0) return of(own);
        return Table.Value.TryGetValue((ValueForm.None, fault), out var any) ? of(any) : "";
    }

    static string Fill(string text, Arg arg)
    {
        if (!text.Contains('{', StringComparison.Ordinal)) return text;
        var (first, second) = ((int)(arg.Value >> First & Mask), (int)(arg.Value >> Second & Mask));
        return text.Replace("{n} characters", first == 1 ? "1 character" : "{n} characters", StringComparison.Ordinal)
            .Replace("{n} digits", first == 1 ? "1 digit" : "{n} digits", StringComparison.Ordinal)
            .Replace("{n}", first.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{m}", second.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("{day}", DayOf(first), StringComparison.Ordinal)
            .Replace("{other}", DayOf(second), StringComparison.Ordinal)
            .Replace("{ndc}", (arg.Value >> First).ToString("D11", CultureInfo.InvariantCulture),
                StringComparison.Ordinal);
    }

    static string DayOf(int number) => number <= DateOnly.MaxValue.DayNumber
        ? DateOnly.FromDayNumber(number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : "";

    static Dictionary<(ValueForm, ValueFault), Words> Read()
    {
        var table = new Dictionary<(ValueForm, ValueFault), Words>();
        for (var rows = new Rows("values.tsv", GuideLibrary.TextOf("values")); rows.Next();)
            table.Add((Word<ValueForm>(rows, 0), Word<ValueFault>(rows, 1)),
                new(rows[2].ToString(), rows[3].ToString()));
        return table;
    }

    /// <summary>A cell as a word of the code: <c>too-long</c> is TooLong; blank is none.</summary>
    static T Word<T>(in Rows rows, int column) where T : struct, Enum
    {
        var cell = rows[column].ToString().Replace("-", "", StringComparison.Ordinal);
        if (cell.Length == 0) return default;
        return Enum.TryParse<T>(cell, ignoreCase: true, out var word) ? word
            : throw new RowException(rows.File, rows.Number, $"'{cell}' is neither a form nor an error of one");
    }
}
