using System.Globalization;
using Deltoid.Codes;
using Deltoid.Edits;
using Deltoid.Pricing;
using Deltoid.Values;

namespace Deltoid.Results;

/// <summary>
/// What the book says of one code, for a person: what it is and when, what follows it, what it counts, what Medicare
/// allows, how much a day, what it may not be beside, which edits look at it.
/// </summary>
internal sealed class CodePage
{
    readonly FactSheet sheet;
    readonly CodeBook book;
    readonly Code code;
    readonly int id;
    readonly DateOnly day;

    CodePage(CodeBook book, Code code, DateOnly day)
    {
        this.book = book;
        this.code = code;
        id = book.Id(code);
        this.day = day;
        sheet = new("code", code.ToString(), book.LabelOf(book.Codes[id][^1]));
    }

    /// <summary>The page of a code; null when the book does not have it.</summary>
    /// <param name="day">The day on which pairs, limits and groups are shown.</param>
    public static FactSheet? Of(CodeBook book, EditSet edits, Code code, DateOnly day)
    {
        if (book.Id(code) < 0 || book.Codes[book.Id(code)].IsEmpty) return null;
        var page = new CodePage(book, code, day);
        page.AddHead();
        page.AddDrugs();
        page.AddExclusions();
        page.AddFees();
        page.AddLimits();
        PairPage.Add(page.sheet, book, page.id, day);
        page.AddEdits(edits);
        RuleSheet.AddNaming(page.sheet, code.ToString());
        return page.sheet;
    }

    void AddHead()
    {
        var rows = book.Codes[id];
        sheet.Add("in force", InForce(rows) + From(rows[^1].Source));
        foreach (var successor in book.Successors(code)) sheet.Add("next", Next(code, successor));
        for (var other = 0; other < book.CodeCount; other++)
            if (book.Successors(book[other]).Contains(code)) sheet.Add("before", Next(book[other], code));
        foreach (var row in book.BillingUnits[id])
            sheet.Add("one unit",
                $"{(row.IsPerDose ? "one dose, whatever was given" : $"{(row.UpTo ? "up to " : "")}{row.Unit}")} "
                    + $"({row.Dates})");
        var words = new List<string>();
        foreach (var bit in Enum.GetValues<GroupBit>())
            if (GroupWords.Of(bit) is { Length: > 0 } word && book.TryCode(code, Shown(rows), out var row)
                && row.Groups.Has(CodeGroups.Of(bit)))
                words.Add(word);
        if (words.Count > 0) sheet.Add("it is", string.Join(", ", words));
    }

    /// <summary>
    /// Contractors whose articles exclude it as self-administered. The articles were read in part, so the others are
    /// not said to pay it.
    /// </summary>
    void AddExclusions()
    {
        var rows = book.Exclusions.Where(row => row.Code == code && row.Dates.Contains(day)).ToList();
        if (rows.Count == 0) return;
        var by = rows.GroupBy(static row => row.Drug)
            .Select(drug =>
                $"{drug.Key} by {string.Join(", ", drug.Select(row => $"{row.Mac} ({book.SourceId(row.Source)})"))}");
        sheet.Add("excluded",
            $"self-administered under the skin: {string.Join("; ", by)}. The lists were "
                + $"read in part: other contractors may exclude it too");
    }

    /// <summary>Which file or document says it: shipped rows name a document, official ones their file.</summary>
    string From(byte source) => book.SourceId(source) is { Length: > 0 } id ? $" [{id}]" : "";

    /// <summary>The first and last day of all rows, which stand one after another.</summary>
    static string InForce(ReadOnlySpan<CodeRow> rows) =>
        new DateRange(rows[0].Dates.FromDay, rows[^1].Dates.ThruDay, rows[0].Dates.KnownDay).ToString();

    /// <summary>The day asked for, or the last one on which the code was in force.</summary>
    DateOnly Shown(ReadOnlySpan<CodeRow> rows) => rows[^1].Dates.Thru is { } last && last < day ? last : day;

    /// <summary>
    /// A code and its successor, with what one unit of the one is in units of the other where both count one measure.
    /// </summary>
    string Next(Code old, Code successor)
    {
        var text = old == code ? $"{successor}" : $"{old}";
        var label = book.Codes[book.Id(old == code ? successor : old)];
        if (!label.IsEmpty) text += $" {book.LabelOf(label[^1])}";
        ReadOnlySpan<BillingUnitRow> one = book.BillingUnits[book.Id(old)], two = book.BillingUnits[book.Id(successor)];
        if (one.IsEmpty || two.IsEmpty || one[^1].IsPerDose || two[^1].IsPerDose
            || !one[^1].Unit.IsComparableTo(two[^1].Unit))
            return text;
        var ratio = one[^1].Unit.Base / two[^1].Unit.Base;
        return $"{text}; one unit of {old} ({one[^1].Unit}) is "
            + $"{ratio.ToString("0.####", CultureInfo.InvariantCulture)} of {successor} "
            + $"({two[^1].Unit})";
    }

    void AddDrugs()
    {
        foreach (var index in book.DrugsBilledAs(code))
        {
            var drug = book.Drugs[index];
            var names = drug.Brands.Count > 0 ? $" ({string.Join(", ", drug.Brands)})" : "";
            sheet.Add("drug", $"{drug.Name}{names}{ClassOf(drug)}");
        }
    }

    static string ClassOf(Drug drug)
    {
        var words = new List<string>();
        foreach (var row in drug.Classes)
        {
            var when = row.Dates == DateRange.Always || row.Dates.FromDay == 0 && row.Dates.ThruDay == int.MaxValue
                ? ""
                : $" {row.Dates}";
            var whom = row.Payers.Length > 0 ? $" for {row.Payers}" : "";
            var word = $"{ArgNames.NameOf(row.Class)}{whom}{(row.NeedsNeoplasm ? " with a cancer diagnosis" : "")}"
                + $"{when}";
            if (!words.Contains(word)) words.Add(word);
        }
        return words.Count == 0 ? "" : $"; to give it, {string.Join("; ", words)}";
    }

    void AddFees()
    {
        foreach (var fee in book.Fees[id])
        {
            if (fee.Dates.From is not { } from) continue;
            sheet.Begin($"Medicare physician fee schedule {from.Year}");
            sheet.Add("",
                $"status {fee.Status}, global {fee.Global}, PC/TC {fee.PcTc}, multiple procedures "
                    + $"{fee.Multiple}, bilateral {fee.Bilateral}{From(fee.Source)}");
            if (fee.Work + fee.PracticeNonFacility + fee.Malpractice > 0)
                sheet.Add("",
                    string.Create(CultureInfo.InvariantCulture,
                        $"RVU: work {fee.Work}, practice "
                            + $"{(fee.NonFacilityNa ? "NA" : fee.PracticeNonFacility)} in the office and "
                            + $"{(fee.FacilityNa ? "NA" : fee.PracticeFacility)} at a facility, malpractice "
                            + $"{fee.Malpractice}"));
            sheet.Add("",
                $"national: in the office {Price(from, "11")}; at a facility "
                    + $"{Price(from, "22")}{Qualifying(from)}");
        }
        sheet.Begin("Medicare payment of drugs and hospitals");
        foreach (var limit in book.AspLimits[id])
            sheet.Add("",
                $"ASP payment limit {limit.Dates}: $"
                    + $"{limit.Limit.ToString("0.000", CultureInfo.InvariantCulture)} for one unit, "
                    + $"coinsurance {limit.Coinsurance.ToString("0.###", CultureInfo.InvariantCulture)} "
                    + $"%{From(limit.Source)}");
        foreach (var row in book.Opps[id])
            sheet.Add("",
                $"OPPS {row.Dates}: status {row.Status}"
                    + $"{(row.Rate is { } rate ? $", ${rate}" : "")}{From(row.Source)}");
    }

    string Qualifying(DateOnly from) =>
        book.Factor(from, qualifying: true) is null
            ? ""
            : $"; in the office with the QP factor {Price(from, "11", qualifying: true)}";

    string Price(DateOnly date, string place, bool qualifying = false)
    {
        var line = new Claims.ServiceLine { Number = 1, Code = code, Date = date, Units = Quantity.One };
        var expected = FeeSchedule.Price(book, PayerKind.Medicare, Setting.Professional, line, Code.Of(place),
            new PriceTerms("", "", qualifying));
        return expected.Amount is { } amount ? "$" + amount
            : expected.Why == Unpriced.NotPaidAtFacility ? "not paid to the practitioner"
            : expected.WhyText;
    }

    void AddLimits()
    {
        if (book.UnitLimits[id].IsEmpty) return;
        sheet.Begin("Units a day (medically unlikely edits)");
        foreach (var row in book.UnitLimits[id])
            sheet.Add("",
                $"{(row.Outpatient ? "hospital outpatient" : "practitioner")} "
                    + $"{row.Limit}, {Mai(row.Mai)}; {row.Dates}{From(row.Source)}");
    }

    static string Mai(byte indicator) => indicator switch
    {
        1 => "judged line by line (MAI 1)",
        2 => "an absolute limit for the day (MAI 2): no modifier or appeal changes it",
        3 => "a limit for the day that records can overcome on appeal (MAI 3)",
        _ => $"MAI {indicator}",
    };

    void AddEdits(EditSet edits)
    {
        if (!book.TryCode(code, Shown(book.Codes[id]), out var row)) return;
        var telling = row.Groups & ~(Group.AnyLine | Group.PairsKnown | Group.HasPairs);
        sheet.Begin("Edits that look at it");
        foreach (var edit in edits.Edits)
            if ((edit.All | edit.Any).HasAny(telling)) sheet.Add("", $"{edit.Info.Id} {edit.Info.Name}");
    }
}
