using System.Globalization;
using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Pricing;

/// <summary>Reads a contract. What is wrong is named by the row and by its place in the file.</summary>
internal static class ContractJson
{
    const decimal MostPercent = 1000;
    const int MostRates = 20_000;

    static readonly FieldNames Fields = new(
        new JsonField("locality", T.Text, "The payment locality of Medicare prices: contractor and number, or "
            + "national.", "\"06102-16\"", "by the ZIP code of the place of service"),
        new JsonField("state", T.Text, "Two letters, where two localities share a number.", "\"IL\""),
        new JsonField("qualifying", T.Flag, "Medicare prices by the factor of qualifying APM participants.", "",
            "no"),
        new JsonField("participating", T.Flag, "The practice takes part in Medicare.", "", "yes"),
        new JsonField("tolerance", T.Charge, "How far a line may be off in dollars and be right.", "0.05", "0.01"),
        new JsonField("lesserOfCharge", T.Flag, "The payer allows the charge at most."),
        new JsonField("sequestration", T.Flag, "The payer may take sequestration off its share.", "",
            "Medicare may, of others it is not known"),
        new JsonField("multipleProcedures", T.Word(RateWords.Multiples), "What several procedures of a day do: "
            + "none, the rules of Medicare, or a percent for each rank.", "\"medicare\""),
        new JsonField("rankedPercents", T.ListOf(T.Number), "With ranked: percent of the first procedure, the "
            + "second, and so on.", "[100, 50, 25]"),
        new JsonField("modifierPercents", T.MapOf(T.Number), "Percent of the price on a line with the modifier.",
            "{ \"SA\": 85 }"),
        new JsonField("rates", T.ListOf(ContractRateJson.Type), "The rows. The first that fits a line prices it.")
            { Required = true });

    internal static readonly T Type = T.Object("contract", Fields);

    /// <summary>Contracts by payer id or name, as a file states them.</summary>
    internal static readonly T FileType = T.MapOf(Type);

    /// <exception cref="InputException">It does not read.</exception>
    public static Contract Read(ref JsonInput json)
    {
        var (contract, seen) = (new Contract(), 0UL);
        var isRated = false;
        json.EnterObject("{ \"rates\": [] }");
        while (json.NextField(Fields, ref seen, out var name))
        {
            contract = name switch
            {
                "locality" => contract with { Locality = LocalityOf(json) },
                "state" => contract with { State = StateOf(json) },
                "qualifying" => contract with { Qualifying = json.Bool() },
                "participating" => contract with { Participating = json.Bool() },
                "tolerance" => contract with { Tolerance = Amount(json) },
                "lesserOfCharge" => contract with { LesserOfCharge = json.Bool() },
                "sequestration" => contract with { Sequestration = json.Bool() },
                "multipleProcedures" => contract with { Multiple = MultipleOf(json) },
                "rankedPercents" => contract with { Ranked = RankedOf(ref json) },
                "modifierPercents" => contract with { ModifierPercents = ModifiersOf(ref json) },
                _ => contract with { Rates = RatesOf(ref json) },
            };
            isRated |= name == "rates";
        }
        if (!isRated) throw json.Missing("rates", "write the rows of the contract");
        if ((contract.Multiple == MultipleRule.Ranked) != (contract.Ranked.Length > 0))
            throw json.Wrong("multipleProcedures ranked and rankedPercents belong together",
                "write both, or leave both out");
        return contract;
    }

    static MultipleRule MultipleOf(in JsonInput json) => RateWords.Multiples.TryRead(json.Text(), out var rule)
        ? rule
        : throw json.Wrong($"this is no {RateWords.Multiples.Name} known here",
            $"one of: {string.Join(", ", RateWords.Multiples.All)}");

    static Money Amount(in JsonInput json)
    {
        var money = json.Money();
        return money < Money.Zero ? throw json.Negative() : money;
    }

    internal static string LocalityOf(in JsonInput json)
    {
        var text = json.Text();
        return text.Equals(Contract.National, StringComparison.OrdinalIgnoreCase) ? Contract.National
            : text.Length == 8 && text[5] == '-' && text.Replace("-", "", StringComparison.Ordinal).All(
                char.IsAsciiDigit) ? text
            : throw json.Wrong("this is no payment locality", "write contractor and number such as 06102-16, or "
                + "national; 'deltoid codes localities' lists them");
    }

    internal static string StateOf(in JsonInput json)
    {
        var text = json.Text();
        return text.Length == 2 && text.All(char.IsAsciiLetter)
            ? text.ToUpperInvariant()
            : throw json.Wrong("this is no state", "write two letters such as IL");
    }

    internal static decimal Percent(in JsonInput json)
    {
        var value = json.Number();
        if (value < 0) throw json.Negative();
        return value is > 0 and <= MostPercent
            ? value
            : throw json.Wrong(string.Create(CultureInfo.InvariantCulture,
                $"a percent is more than 0 and at most {MostPercent}"), "write 110 for 110 %");
    }

    static decimal[] RankedOf(ref JsonInput json)
    {
        var list = new List<decimal>();
        for (json.EnterArray("[100, 50, 25]"); json.NextItem();) list.Add(Percent(json));
        return [.. list];
    }

    static (Modifier, decimal)[] ModifiersOf(ref JsonInput json)
    {
        var (list, seen) = (new List<(Modifier, decimal)>(), new HashSet<string>());
        for (json.EnterObject("{ \"SA\": 85 }"); json.NextName(seen);)
        {
            var isRead = Modifier.TryParse(json.TextBytes(), out var modifier);
            if (!isRead) throw json.Wrong("this is not a modifier", "write two letters or digits");
            json.AdvanceToValue();
            list.Add((modifier, Percent(json)));
        }
        return [.. list];
    }

    static ContractRate[] RatesOf(ref JsonInput json)
    {
        var (rates, known) = (new List<ContractRate>(), new Dictionary<string, List<ContractRate>>());
        for (json.EnterArray("[ { \"codes\": [\"96372\"], \"from\": \"2026-01-01\" } ]"); json.NextItem();)
        {
            if (rates.Count == MostRates) throw json.Wrong($"more than {MostRates} rows", "cut the file");
            var rate = ContractRateJson.Read(ref json, rates.Count + 1);
            if (!known.TryGetValue(LinesOf(rate), out var alike)) known[LinesOf(rate)] = alike = [];
            if (alike.Find(r => r.Dates.Contains(rate.Dates.FromDay)) is { } first)
                throw json.Wrong(string.Create(CultureInfo.InvariantCulture,
                    $"row {rate.Number} is never used: row {first.Number} is for the same lines and days"),
                    "end the first one with thru, or take one of them out");
            alike.Add(rate);
            rates.Add(rate);
        }
        return [.. rates];
    }

    /// <summary>The lines that a row is for: of two rows with the same, the later one would never be asked.</summary>
    static string LinesOf(ContractRate rate) => $"{rate.CodesText}|{rate.IsOtherwise}|{rate.Modifiers}|"
        + $"{string.Join(' ', rate.Places)}|{rate.Plan.ToUpperInvariant()}";
}
