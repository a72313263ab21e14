using System.Globalization;
using Deltoid.Pricing;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Remits;

/// <summary>
/// What a contract says of a line, as facts in the words of the record, so that causes, postings and letters go by
/// them. A fact that the record states itself stays; where the two disagree, it is asked.
/// </summary>
internal static class ContractFacts
{
    const string Rate = "contract-rate", Schedule = "fee-schedule", Identified = "overpayment-identified";

    static readonly FactKind RateKind = FactKinds.Shipped.Find(Rate)!, ScheduleKind = FactKinds.Shipped.Find(Schedule)!;

    /// <summary>
    /// A fact for each line whose price is known. A difference within the tolerance is none: such a line has no fact.
    /// </summary>
    public static List<RecordFact> Of(Situation at, List<LinePrice> prices)
    {
        var facts = new List<RecordFact>();
        foreach (var line in prices)
        {
            if (line.Expected is not { } expected || line.With.Length > 0 || Stated(at.Of.Record, line) is not null)
                continue;
            if (line.Verdict == PriceVerdict.Unknown
                || (line.Verdict == PriceVerdict.PaidRight && line.Allowed < expected))
                continue;
            facts.Add(FactOf(line, expected));
        }
        return facts;
    }

    static RecordFact FactOf(LinePrice line, Money expected)
    {
        var row = line.Price.Row!;
        var kind = row.Method is RateMethod.Medicaid or RateMethod.WorkersComp ? ScheduleKind : RateKind;
        var values = new FactValue?[kind.Fields.Length];
        Set("code", new(line.Code.ToString()));
        if (line.Units != Quantity.One) Set("units", new(line.Units.ToString(), Number: line.Units.Value));
        Set("amount", new(expected.ToString(), Number: expected.Dollars));
        Set("basis", new(BasisOf(row)));
        return new(kind, Is: true, [line.Number], values,
            string.Create(CultureInfo.InvariantCulture, $"/terms/contract/rates/{row.Number - 1}"))
        {
            Where = row.Source
        };

        void Set(string name, FactValue value)
        {
            var index = Array.FindIndex(kind.Fields, f => f.Name == name);
            if (index >= 0) values[index] = value;
        }
    }

    /// <summary><c>110 % of the Medicare fee schedule (Agreement 2024, exhibit B)</c>.</summary>
    public static string BasisOf(ContractRate row) => $"{row.MethodText} ({row.Source})";

    /// <summary>The fact of the record about the price of a line, or null.</summary>
    static RecordFact? Stated(List<RecordFact> record, LinePrice line) => record.Find(f =>
        f.Is && f.Kind.Name is Rate or Schedule && f.Covers(line.Number) && f["code"]!.Text == line.Code.ToString());

    /// <summary>What the record and the contract say differently, and lines that were paid too much.</summary>
    public static void Ask(Resolution resolution, Situation at)
    {
        foreach (var line in at.Prices)
        {
            if (line.Expected is { } expected && Stated(at.Of.Record, line) is { } fact
                && Money.Round(fact["amount"]!.Number * line.Units.Value / (fact["units"]?.Number ?? 1)) is var stated
                && Math.Abs(stated.Cents - expected.Cents) > at.Of.Terms!.Contract!.Tolerance.Cents)
                Ask(resolution, fact.Kind, string.Create(CultureInfo.InvariantCulture,
                    $"which price of line {line.Number} holds: the record says {stated}, row "
                        + $"{line.Price.Row!.Number} of the contract {expected}"));
            else if (line.Verdict == PriceVerdict.Overpaid
                && !Facts.Speaks(at, Identified) && FactKinds.Shipped.Find(Identified) is { } kind)
                Ask(resolution, kind, string.Create(CultureInfo.InvariantCulture,
                    $"whether the {line.Difference} above the price of line {line.Number} go back"));
        }
    }

    static void Ask(Resolution resolution, FactKind kind, string decides)
    {
        if (resolution.Questions.Exists(q => q.Fact == kind.Name)) return;
        resolution.Questions.Add(new(kind.Name, string.Join(", ", kind.Fields.Select(static f => f.Name)), decides));
        if (resolution.Confidence == Confidence.High) resolution.Confidence = Confidence.Medium;
    }
}
