using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Notes;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>Amounts, and what each is of: given, in the container, thrown away, ordered.</summary>
internal sealed partial class QuestionReader
{
    void ReadAmounts()
    {
        Each(Dollars(), match =>
        {
            var from = Money(match.Groups[1].Success ? match.Groups[1].Value : match.Groups[3].Value);
            var to = match.Groups[2].Success ? Money(match.Groups[2].Value) : match.Groups[4].Success
                ? Money(match.Groups[4].Value) : from;
            asked.ClaimedPrice = (from, to);
            return true;
        });
        Each(Strength(), match =>
        {
            if (Amount.TryParse($"{match.Groups[1].Value} {match.Groups[2].Value}", out var amount, out _)
                && Amount.TryParse($"{(match.Groups[3].Length > 0 ? match.Groups[3].Value : "1")} ml", out var per, out _))
                asked.Strength = (amount, per, match.Value);
            return true;
        });
        Each(ByWeight(), TakeByWeight);
        Each(Opened(), TakeOpened);
        Each(WithUnit(), TakeWithUnit);
        Each(Claimed(), match =>
        {
            asked.ClaimedUnits = decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            return true;
        });
        if (asked.Drugs is [{ } pellet] && pellet.Name.Contains("pellet", StringComparison.Ordinal))
            Each(Pellets(), TakeCounted);
        if (asked.Drugs is [{ } mix] && mix.Name.Contains(" and ", StringComparison.Ordinal)) Each(OfMix(), TakeCounted);
        if (asked.Drugs.Count > 0 || asked.Has("drug-code")) ReadBareAmounts();
        TakeTimes();
        SortRoles();
        TakeLabel();
        TakeSyringe();
    }

    bool TakeByWeight(Match match)
    {
        var isAfter = match.Groups[3].Success; // the weight, after the dose or before it
        if (!Amount.TryParse(isAfter ? Spelled(match) : $"{match.Groups[5].Value} {match.Groups[6].Value}",
            out var amount, out _)) return false;
        var kg = match.Groups[isAfter ? 3 : 4].Value;
        asked.Amounts.Add(new(new(amount.Value * decimal.Parse(kg, CultureInfo.InvariantCulture), amount.Unit), 0,
            AmountRole.Given, $"{amount}/kg x {kg} kg", match.Index));
        return true;
    }

    bool TakeOpened(Match match)
    {
        var sum = 0m;
        foreach (Match one in EachVial().Matches(match.Value))
            sum += decimal.Parse(one.Groups[2].Value, CultureInfo.InvariantCulture) * CountOf(one.Groups[1].Value);
        asked.Amounts.Add(new(default, sum, AmountRole.Container, match.Value.Trim(), match.Index));
        return true;
    }

    bool TakeWithUnit(Match match)
    {
        if (!Amount.TryParse(Spelled(match), out var amount, out _)) return false;
        if (amount.Unit == MeasureUnit.Units && (OfCode().IsMatch(After(match)) || !CountsInUnits()))
        {
            if (amount.Value != 1 || !asked.Has("unit-size")) asked.ClaimedUnits ??= amount.Value;
            return true;
        }
        var role = RoleOf(match);
        if (role == AmountRole.Container && VialCount().Match(Before(match)) is { Success: true } vials
            && Int(vials.Groups[1].Value) is > 1 and var count)
            amount = new(amount.Value * count, amount.Unit);
        asked.Amounts.Add(new(amount, 0, role, amount.ToString(), match.Index));
        return true;
    }

    /// <summary>A number of what the drug's code counts.</summary>
    bool TakeCounted(Match match)
    {
        asked.Amounts.Add(new(default, Int(match.Groups[1].Value), AmountRole.Given, match.Value, match.Index));
        return true;
    }

    /// <summary>So many pellets, of which the code counts each.</summary>
    [GeneratedRegex(@"(?<![\w.])(\d{1,2}) pellets?\b")]
    private static partial Regex Pellets();

    /// <summary>The doses of a drug that is two, "600/900": its code counts the first.</summary>
    [GeneratedRegex(@"(?<![\w.,/-])(\d{2,4})/\d{2,4}(?![\w/])")]
    private static partial Regex OfMix();

    /// <summary>"4 mg IV push 1000, 1025, 1100": the one dose of the one drug at each of these times.</summary>
    void TakeTimes()
    {
        var match = TimesOfDay().Match(whole);
        if (!match.Success || asked.Drugs.Count != 1 || asked.Amounts is not [{ Role: AmountRole.Given } one]
            || one.At > match.Index) return;
        var count = 1 + match.Groups[1].Captures.Count;
        asked.Amounts[0] = new(one.Amount.IsNone ? default : new(one.Amount.Value * count, one.Amount.Unit),
            one.Bare * count, one.Role, $"{count} x {one.Text}", one.At);
    }

    [GeneratedRegex(@"(?<![\w.,-])(?:[01]\d|2[0-3]):?[0-5]\d(?:(?:, ?(?:and )?| and | & | y )((?:[01]\d|2[0-3]):?[0-5]\d))+(?![\w-]| ?(?:mg|mcg|units?|ml)\b)", Any)]
    private static partial Regex TimesOfDay();

    /// <summary>A strength of more than one mL on a vial is the label of the whole vial: 50 mg/2 mL.</summary>
    void TakeLabel()
    {
        if (asked.Strength is { In.Value: > 1 } label && asked.Has("container-word")
            && asked.AmountOf(AmountRole.Container) is null)
            asked.Amounts.Add(new(label.Of, 0, AmountRole.Container, label.Of.ToString(), 0));
    }

    /// <summary>What a prefilled syringe holds is the dose, where the question has no other.</summary>
    void TakeSyringe()
    {
        if (asked.AmountOf(AmountRole.Given) is not null || asked.AmountOf(AmountRole.Container) is not { } all) return;
        if (asked.Has("container:prefilled-syringe") || OfSyringe().IsMatch(whole)) asked.Amounts.Add(
            all with { Role = AmountRole.Given });
    }

    [GeneratedRegex(@"\d ?(?:mg|mcg|units?) (?:syringe|pen|autoinjector|kit)\b", Any)]
    private static partial Regex OfSyringe();

    /// <summary>Whether the drug that is asked about is measured in units, so that they are a dose.</summary>
    bool CountsInUnits()
    {
        foreach (var drug in asked.Drugs)
            foreach (var product in drug.Products)
                if (asked.Book.TryUnit(product.Hcpcs, asked.Day, out var row)
                    && row.Unit.Unit is MeasureUnit.Units or MeasureUnit.MillionUnits)
                    return true;
        foreach (var code in asked.Codes)
            if (asked.Book.TryUnit(code, asked.Day, out var row)
                && row.Unit.Unit is MeasureUnit.Units or MeasureUnit.MillionUnits)
                return true;
        return false;
    }

    void ReadBareAmounts() => Each(Bare(), match =>
    {
        var role = RoleOf(match);
        if (VialAfter().IsMatch(After(match)) && match.Length == 1) return false; // so many vials
        if (times.Count > 0 && TimeOfDay().IsMatch(match.Value)) return false;
        var given = asked.Amounts.Count(static a => a.Role == AmountRole.Given);
        if (role == AmountRole.Given && given > 0 && given >= asked.Drugs.Count) return false;
        if (BareModifiers().IsMatch(match.Value) && (UsedBefore().IsMatch(Before(match)) || asked.Has("modifier-word") || asked.Has("visit-word")
            || OnCode().IsMatch(whole[(match.Index + match.Length)..]))) return false;
        var value = decimal.Parse(match.Value, CultureInfo.InvariantCulture);
        asked.Amounts.Add(new(default, value, role, match.Value, match.Index));
        return true;
    });

    [GeneratedRegex(@"^(?:[01]\d|2[0-3])[0-5]\d$")]
    private static partial Regex TimeOfDay();

    [GeneratedRegex(@"^ on (?:the |a |my )?(?:\d{5}|shot|injection|admin|line|claim|vaccine|visit)\b")]
    private static partial Regex OnCode();

    /// <summary>"do I use 50": a modifier, and no dose.</summary>
    [GeneratedRegex(@"\b(?:use|add|need|needs|put|append|attach|with a|and a) $")]
    private static partial Regex UsedBefore();

    /// <summary>Two amounts without words for them: the larger is what the container holds.</summary>
    void SortRoles()
    {
        var given = asked.Amounts.FindAll(static a => a.Role == AmountRole.Given);
        if (given.Count != 2 || !asked.Has("container-word") || (!given[0].Amount.IsNone && !given[1].Amount.IsNone
                && !given[0].Amount.IsComparableTo(given[1].Amount))
            || asked.AmountOf(AmountRole.Container) is not null) return;
        var larger = given[0].Amount.Base + given[0].Bare > given[1].Amount.Base + given[1].Bare ? given[0] : given[1];
        asked.Amounts[asked.Amounts.IndexOf(larger)] = larger with { Role = AmountRole.Container };
    }

    static string Spelled(Match match)
    {
        var unit = match.Groups[2].Value.ToLowerInvariant() switch
        {
            "gm" or "gms" or "gram" or "grams" or "gramo" or "gramos" => "g",
            "ug" or "microgram" or "micrograms" or "microgramos" => "mcg",
            "mgs" or "milligram" or "milligrams" or "miligramo" or "miligramos" => "mg",
            "u" or "unit" or "iu" or "unidades" => "units", "cc" or "mls" => "ml", var other => other,
        };
        return match.Groups[1].Value + " " + unit;
    }

    AmountRole RoleOf(Match match) =>
        WasteAfter().IsMatch(After(match)) || WasteBefore().IsMatch(Before(match)) ? AmountRole.Discarded
            : OrderedBefore().IsMatch(Before(match))
                || (IsBefore().IsMatch(Before(match)) && EachAfter().IsMatch(After(match))) ? AmountRole.Ordered
            : VialAfter().IsMatch(After(match)) || VialBefore().IsMatch(Before(match)) ? AmountRole.Container
            : AmountRole.Given;

    /// <summary>"400 units of Q5105"; the code was read and blanked.</summary>
    [GeneratedRegex(@"^ of {5,}")]
    private static partial Regex OfCode();

    /// <summary>"since it's 3 mg each": what one unit is thought to be.</summary>
    [GeneratedRegex(@"\b(?:its|it s|it's|is|are|being) $")]
    private static partial Regex IsBefore();

    [GeneratedRegex(@"^ (?:each|per unit|a unit|apiece)\b")]
    private static partial Regex EachAfter();

    /// <summary>What was to be given is no dose.</summary>
    [GeneratedRegex(@"\b(?:ordered|order (?:was|is|for|of|says)|prescribed|instead of|not|supposed to get)\s*$", Any)]
    private static partial Regex OrderedBefore();

    static decimal Money(string digits) => decimal.Parse(digits, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\$\s*(\d{1,9}(?!\d)(?:\.\d\d)?)(?:\s*(?:-|to)\s*\$?(\d{1,9}(?!\d)(?:\.\d\d)?))?"
        + @"|\b(\d{1,9}(?:\.\d\d)?)(?:\s*(?:-|to)\s*(\d{1,9}(?:\.\d\d)?))?\s*(?:dollars|bucks|dolares)", Any)]
    private static partial Regex Dollars();

    [GeneratedRegex(@"(\d[\d.,]*)\s*(mg|mcg|g|units?|iu|u)\s*(?:/|per)\s*(\d*\.?\d*)\s*(?:ml|cc)\b", Any)]
    private static partial Regex Strength();

    [GeneratedRegex(@"(?<![\w.])(\d[\d,]*(?:\.\d+)?|\.\d+)\s*-?\s*(mgs?|mcg|ug|gms?|g|grams?|gramos?|milligrams?|miligramos?|"
        + @"micrograms?|microgramos|million units|units?|iu|u|ml|mls|cc|meq|unidades)\b(?!\s*(?:/|per\b)\s*(?:kg|m2|m\b|hr|hour|min|day|dose|lb))", Any)]
    private static partial Regex WithUnit();

    static int CountOf(string said) => said.Length == 1 ? Int(said) : Math.Max(Numbers.Small(said), 1);

    /// <summary>Several vials by what each holds: "opened 2 400s and a 120", "400+200+80 vials".</summary>
    [GeneratedRegex(@"\b(?:opened|used|from|out of|vials:?) " + OneVial + "(?:(?: ?[+,&] ?| and | plus )" + OneVial + "){1,4}"
        + @"(?: ?(?:vials?|sdvs?))?(?!\w)", Any)]
    private static partial Regex Opened();

    const string OneVial = @"(?:(?:an?|one|two|three|four|five|\d) |\d ?x ?)?\d{2,4}(?: ?mg)?'?s?(?: ?(?:vials?|sdvs?))?";

    [GeneratedRegex(@"(?:\b(one|two|three|four|five|\d)(?: | ?x ?))?(?<![\d.])(\d{2,4})(?= ?mg|'?s?\b)", Any)]
    private static partial Regex EachVial();

    /// <summary>A dose by weight, and the weight: 50 mg/kg, 14 kg.</summary>
    [GeneratedRegex(@"(?<![\w.])(\d{1,5}(?:\.\d+)?)\s*(mg|mcg|g|units?)\s*(?:/|per)\s*kg\b.{0,30}?(?<![\w.])(\d{1,3}(?:\.\d+)?)\s*(?:kg|kilos?)\b"
        + @"|(?<![\w.])(\d{1,3}(?:\.\d+)?)\s*(?:kg|kilos?)\b(?=.{0,60}?(?<![\w.])(\d{1,5}(?:\.\d+)?)\s*(mg|mcg|g|units?)\s*(?:/|per)\s*kg\b)", Any)]
    private static partial Regex ByWeight();

    [GeneratedRegex(@"(?:=|\bx|\bbill|\bbilled|\bqty|\bquantity|\bequals)\s{0,2}(\d{1,4})\b(?!\s*(?:mg|mcg|ml|min))", Any)]
    private static partial Regex Claimed();

    [GeneratedRegex(@"(?<![\w.$:/#-])\d{1,5}(?:\.\d+)?(?![\w:/%-]|\.\d)(?!\s*(?:mgs?|mcg|g|gm|units?)\s*(?:/|per)\s*kg)(?!\s*(?:(?:im|sq|sc|iv|subq) )?(?:digits?|shots?|injections?|times|pellets?|implants?|vaccines|muscles|lesions|levels|joints|"
        + @"lines|dx|diagnoses|arms|sites|visits|days|weeks|months|years|yo|drugs|codes|claims|people|patients|pts|doses|eyes|knees|syringes|pens|bags|million|thousand|k|puffs?|sprays?|drops?|tabs?|tablets?|"
        + @"pills?|caps?|capsules?|kg|lbs?|cm|mm|gauge|percent|hours?|hrs?|h|min|mins|minutes?|ft|inch|gtt)\b)", Any)]
    private static partial Regex Bare();

    [GeneratedRegex(@"^\s*(?:single[- ]?(?:dose|use)|multi[- ]?dose|s\.?d\.?|m\.?d\.?|prefilled)?\s*"
        + @"(?:vials?|bottle|amps?|ampules?|syringe|pfs|kit|pen|sdv|mdv|frasco|vial|bag|autoinjector)\b", Any)]
    private static partial Regex VialAfter();

    [GeneratedRegex(@"(?:vials? (?:of|is|was|holds|has)|\d vials|vial|sdv|mdv|out of(?: an?)?|(?:from|frm)(?: an?)?|opened(?: an?)?)\s*$", Any)]
    private static partial Regex VialBefore();

    [GeneratedRegex(@"(\d{1,2})\s*(?:x\s*|vials?(?: of)?\s*)$", Any)]
    private static partial Regex VialCount();

    [GeneratedRegex(@"^\s*(?:was |were |is |got )?(?:waste[d]?|discard\w*|tossed|left ?over|thrown|remaining|trashed|wastage|tirado)\b", Any)]
    private static partial Regex WasteAfter();

    [GeneratedRegex(@"(?:waste[d]?|wasting|discard(?:ed|ing)?|tossed|threw (?:out|away)|wastage(?: of)?|leftover)\s*$", Any)]
    private static partial Regex WasteBefore();

    /// <summary>
    /// A dose of each of several, or of each of a pair: the units are those of all of them. Where the whole is said as
    /// well ("2 g, 1 g each"), that is the dose.
    /// </summary>
    void TakeEach()
    {
        var match = OfEach().Match(whole);
        if (!match.Success || asked.Drugs.Count > 1) return;
        var count = asked.Count is > 1 and < 10 ? asked.Count.Value
            : match.Groups["pair"].Success || OfBoth().IsMatch(whole) ? 2 : 1;
        var value = decimal.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
        var one = asked.Amounts.FindIndex(said => said.Role == AmountRole.Given
            && (said.Amount.IsNone ? said.Bare : said.Amount.Value) == value);
        if (one < 0 || count == 1) return;
        var each = asked.Amounts[one];
        if (asked.Amounts.Exists(other => other.Role == AmountRole.Given && other != each)) asked.Amounts.RemoveAt(one);
        else asked.Amounts[one] = new(each.Amount.IsNone ? default : new(each.Amount.Value * count, each.Amount.Unit),
            each.Bare * count, each.Role, $"{count} x {each.Text}", each.At);
    }

    [GeneratedRegex(@"(?<![\w.])(?<n>\d{1,6}(?:\.\d{1,4})?) ?(?:mgs?|mcg|units?|iu|ml|cc|gm?)? ?(?:in |into |to |for )?(?:each|apiece|every|per|cada una?|c/u)\b"
        + @"(?: (?:of the )?(?<pair>knee|shoulder|hip|elbow|wrist|ankle|arm|eye|side|deltoid|buttock|thigh|glute)s?\b)?")]
    private static partial Regex OfEach();

    [GeneratedRegex(@"\b(?:both|bilateral\w*|ambos|ambas)\b")]
    private static partial Regex OfBoth();
}
