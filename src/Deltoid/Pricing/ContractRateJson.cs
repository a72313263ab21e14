using System.Globalization;
using Deltoid.Values;
using T = Deltoid.Values.JsonType;

namespace Deltoid.Pricing;

/// <summary>Reads the rows of a contract.</summary>
internal static class ContractRateJson
{
    const int MostDecimals = 6, FirstYear = 1992, LastYear = 2100;

    static readonly FieldNames RateFields = new(
        new JsonField("codes", T.ListOf(T.Text), "Codes, and ranges of codes.", "[\"96372\", \"96360-96379\"]",
            "every code, or those of the group"),
        new JsonField("group", T.Word(RateWords.Groups), "A kind of code, where no codes are listed.",
            "\"drugs\"", "none"),
        new JsonField("modifiers", T.ListOf(T.Text), "Modifiers that must all be on the line.", "[\"26\"]", "any"),
        new JsonField("places", T.ListOf(T.Text), "Places of service.", "[\"11\"]", "all"),
        new JsonField("plan", T.Text, "The kind of plan, as the terms name it under plan.", "\"ppo\"", "all"),
        new JsonField("from", T.Day, "The first day of service.", "\"2026-01-01\"") { Required = true },
        new JsonField("thru", T.Day, "The last day of service.", "\"2026-12-31\"", "still in force"),
        new JsonField("method", T.Word(RateWords.Methods), "How the price comes about.", "\"percent-of-mpfs\"")
            { Required = true },
        new JsonField("percent", T.Number, "Percent of the price that the method names.", "110", "100"),
        new JsonField("year", T.Whole, "The year of the Medicare schedule, as published for January 1.", "2025",
            "the year and day of the service"),
        new JsonField("amount", T.Number, "Dollars for one unit of the code; with per-visit for the visit.",
            "24.00", "not used by the method"),
        new JsonField("relativeValue", T.Number, "The state's relative value of one unit.", "1.2",
            "those of the Medicare fee schedule"),
        new JsonField("factor", T.Number, "The conversion factor of a workers' compensation schedule.", "58.14",
            "not used by the method"),
        new JsonField("locality", T.Text, "As of the contract, where the row has one of its own.", "\"06102-16\"",
            "that of the contract"),
        new JsonField("state", T.Text, "Two letters, where two localities share a number.", "\"IL\""),
        new JsonField("otherwise", T.Flag, "For lines that no other row is for, or that its schedule has no price "
            + "for.", "", "no"),
        new JsonField("source", T.Text, "The document and its section.", "\"Agreement 2024, exhibit B, 2.1\"")
            { Required = true });

    internal static readonly T Type = T.Object("contractRate", RateFields);

    public static ContractRate Read(ref JsonInput json, int number)
    {
        var (rate, seen) = (new ContractRate { Number = number, Source = "" }, 0UL);
        DateOnly? from = null, thru = null;
        json.EnterObject("{ \"codes\": [\"96372\"], \"from\": \"2026-01-01\" }");
        while (json.NextField(RateFields, ref seen, out var name))
            switch (name)
            {
                case "codes": rate = rate with { Codes = CodesOf(ref json) }; break;
                case "group": rate = rate with { Group = json.Word(RateWords.Groups) }; break;
                case "modifiers": rate = rate with { Modifiers = json.Modifiers("name at most four") }; break;
                case "places": rate = rate with { Places = PlacesOf(ref json) }; break;
                case "from": from = json.Date(); break;
                case "thru": thru = json.Date(); break;
                default: rate = WithPrice(json, rate, name); break;
            }
        return Checked(json, rate, from, thru);
    }

    static ContractRate WithPrice(in JsonInput json, ContractRate rate, string name) => name switch
    {
        "plan" => rate with { Plan = json.Text() },
        "method" => rate with { Method = json.Word(RateWords.Methods) },
        "percent" => rate with { Percent = ContractJson.Percent(json) },
        "year" => rate with { Year = json.Whole(FirstYear, LastYear) },
        "amount" => rate with { Amount = Price(json) },
        "relativeValue" => rate with { RelativeValue = Price(json) },
        "factor" => rate with { Factor = Price(json) },
        "locality" => rate with { Locality = ContractJson.LocalityOf(json) },
        "state" => rate with { State = ContractJson.StateOf(json) },
        "otherwise" => rate with { IsOtherwise = json.Bool() },
        _ => rate with { Source = json.Text() },
    };

    static decimal Price(in JsonInput json)
    {
        var value = json.Number();
        if (value < 0) throw json.Negative();
        if (value > 10_000_000) throw json.Wrong("the price is larger than 10000000", "check its decimal point");
        return decimal.Round(value, MostDecimals) == value
            ? value
            : throw json.Wrong($"the number has more than {MostDecimals} decimals", "write at most six");
    }

    static CodeSpan[] CodesOf(ref JsonInput json)
    {
        var spans = new List<CodeSpan>();
        for (json.EnterArray("[\"96372\"]"); json.NextItem();)
        {
            var text = json.Text().AsSpan();
            var dash = text.IndexOf('-');
            if (!Code.TryParse(dash < 0 ? text : text[..dash], out var from)
                || !Code.TryParse(dash < 0 ? text : text[(dash + 1)..], out var thru)
                || from.Length != thru.Length || from > thru)
                throw json.Wrong("this is no code and no range of codes", "write 96372 or 96360-96379");
            spans.Add(new(from, thru));
        }
        return [.. spans];
    }

    static Code[] PlacesOf(ref JsonInput json)
    {
        var places = new List<Code>();
        for (json.EnterArray("[\"11\"]"); json.NextItem();)
        {
            var place = json.Code();
            places.Add(place.Length == 2 ? place
                : throw json.Wrong("this is no place of service", "write two digits such as 11"));
        }
        return [.. places];
    }

    /// <summary>What a row needs by its method, and what does not go with it.</summary>
    static ContractRate Checked(in JsonInput json, ContractRate rate, DateOnly? from, DateOnly? thru)
    {
        if (from is not { } first) throw json.Missing("from", "write the first day of service that it is for");
        if (rate.Method == RateMethod.None)
            throw json.Missing("method", $"one of: {string.Join(", ", RateWords.Methods.All)}");
        if (string.IsNullOrWhiteSpace(rate.Source))
            throw json.Missing("source", "name the document and its section: a price without a source is not used");
        if (thru < from) throw Wrong(json, rate.Number, "it ends before it begins", "check from and thru");
        if (rate.Codes.Length > 0 && rate.Group != RateGroup.None)
            throw Wrong(json, rate.Number, "codes and group are both there", "write only one");
        if (NeedsAmount(rate.Method) && rate.Amount is null)
            throw json.Missing("amount", "write the price of one unit, or of the visit, on these days");
        if (!NeedsAmount(rate.Method) && rate.Amount is not null)
            throw Wrong(json, rate.Number, "this method uses no amount", "leave it out, or write per-unit");
        if (rate.Method == RateMethod.WorkersComp ? rate.Factor == 0 : rate.Factor != 0 || rate.RelativeValue != null)
            throw rate.Method == RateMethod.WorkersComp
                ? json.Missing("factor", "write the conversion factor of the state's schedule")
                : Wrong(json, rate.Number, "only workers-comp-schedule has a factor and a relative value", "leave them out");
        if (rate.Year is not null && !rate.IsOfFeeSchedule)
            throw Wrong(json, rate.Number, "this method uses no year", "leave it out");
        return rate with { Dates = DateRange.Of(first, thru) };
    }

    static InputException Wrong(in JsonInput json, int row, string problem, string tryThis) =>
        json.Wrong(string.Create(CultureInfo.InvariantCulture, $"row {row}: {problem}"), tryThis);

    static bool NeedsAmount(RateMethod method) => method is RateMethod.OfAsp or RateMethod.OfWac or RateMethod.OfAwp
        or RateMethod.PerUnit or RateMethod.PerVisit or RateMethod.Medicaid;
}
