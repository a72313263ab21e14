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
        Each(Pattern("(dollars)"), match =>
        {
            var from = Money(match.Groups[1].Success ? match.Groups[1].Value : match.Groups[3].Value);
            var to = match.Groups[2].Success ? Money(match.Groups[2].Value) : match.Groups[4].Success
                ? Money(match.Groups[4].Value) : from;
            asked.ClaimedPrice = (from, to);
            return true;
        });
        Each(Pattern("(strength)"), match =>
        {
            if (Amount.TryParse($"{match.Groups[1].Value} {match.Groups[2].Value}", out var amount, out _)
                && Amount.TryParse($"{(match.Groups[3].Length > 0 ? match.Groups[3].Value : "1")} ml", out var per, out _))
                asked.Strength = (amount, per, match.Value);
            return true;
        });
        Each(Pattern("(by-weight)"), TakeByWeight);
        Each(Pattern("(of-two)"), static _ => true); // left unread: no dose is better than a wrong one
        Each(Pattern("(opened)"), TakeOpened);
        if (asked.Drugs.Count > 0) Each(Pattern("(in-volume)"), TakeCounted);
        Each(Pattern("(with-unit)"), TakeWithUnit);
        Each(Pattern("(claimed)"), match =>
        {
            asked.ClaimedUnits = decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            return true;
        });
        if (asked.Drugs is [{ } pellet] && pellet.Name.Contains("pellet", StringComparison.Ordinal))
            Each(Pattern("(pellets)"), TakeCounted);
        if (asked.Drugs is [{ } mix] && mix.Name.Contains(" and ", StringComparison.Ordinal))
            Each(Pattern("(of-mix)"), TakeCounted);
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
        foreach (Match one in Pattern("(each-vial)").Matches(match.Value))
            sum += decimal.Parse(one.Groups[2].Value, CultureInfo.InvariantCulture) * CountOf(one.Groups[1].Value);
        asked.Amounts.Add(new(default, sum, AmountRole.Container, match.Value.Trim(), match.Index));
        return true;
    }

    bool TakeWithUnit(Match match)
    {
        if (!Amount.TryParse(Spelled(match), out var amount, out _)) return false;
        if (amount.Unit == MeasureUnit.Units && (!CountsInUnits()
            || (asked.Codes.Count > 0 && Pattern("(of-code)").IsMatch(After(match)))))
        {
            if (amount.Value != 1 || !asked.Has("unit-size")) asked.ClaimedUnits ??= amount.Value;
            return true;
        }
        var role = RoleOf(match);
        if (role == AmountRole.Container && Pattern("(vial-count)").Match(Before(match)) is { Success: true } vials
            && (vials.Groups["of"].Success || Pattern("(vials-after)").IsMatch(After(match)))
            && CountOf(vials.Groups[1].Value) is > 1 and var count)
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

    /// <summary>"4 mg IV push 1000, 1025, 1100": the one dose of the one drug at each of these times.</summary>
    void TakeTimes()
    {
        var match = Pattern("(times-of-day)").Match(whole);
        if (!match.Success || asked.Drugs.Count != 1 || asked.Amounts is not [{ Role: AmountRole.Given } one]
            || one.At > match.Index || !Pattern("(up-to-time)").IsMatch(whole[one.At..match.Index])) return;
        var count = 1 + match.Groups[1].Captures.Count;
        asked.Amounts[0] = new(one.Amount.IsNone ? default : new(one.Amount.Value * count, one.Amount.Unit),
            one.Bare * count, one.Role, $"{count} x {one.Text}", one.At);
    }

    /// <summary>A strength of more than one mL on a vial is the label of the whole vial: 50 mg/2 mL.</summary>
    void TakeLabel()
    {
        if (asked.Strength is { In.Value: > 1 } label && asked.Has("container-word")
            && asked.AmountOf(AmountRole.Container) is null)
            asked.Amounts.Add(new(label.Of, 0, AmountRole.Container, label.Of.ToString(), 0));
    }

    /// <summary>What a prefilled syringe holds, or the one vial that is named, is the dose, where the question has no
    /// other.</summary>
    void TakeSyringe()
    {
        if (asked.AmountOf(AmountRole.Given) is not null || asked.AmountOf(AmountRole.Container) is not { } all) return;
        if (asked.Has("container:prefilled-syringe") || Pattern("(of-syringe)").IsMatch(whole)
            || Pattern("(one-vial)").IsMatch(whole))
            asked.Amounts.Add(all with { Role = AmountRole.Given });
    }

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

    void ReadBareAmounts() => Each(Pattern("(bare)"), match =>
    {
        var role = RoleOf(match);
        if (Pattern("(vial-after)").IsMatch(After(match)) && match.Length == 1) return false; // so many vials
        if (times.Count > 0 && Pattern("(time-of-day)").IsMatch(match.Value)) return false;
        var given = asked.Amounts.Count(static a => a.Role == AmountRole.Given);
        if (role == AmountRole.Given && given > 0 && given >= asked.Drugs.Count) return false;
        if (BareModifiers.IsMatch(match.Value) && (Pattern("(used-before)").IsMatch(Before(match))
            || asked.Has("modifier-word") || asked.Has("visit-word")
            || Pattern("(on-code)").IsMatch(whole[(match.Index + match.Length)..]))) return false;
        var value = decimal.Parse(match.Value, CultureInfo.InvariantCulture);
        asked.Amounts.Add(new(default, value, role, match.Value, match.Index));
        return true;
    });

    /// <summary>Two amounts without words for them: the larger is what the container holds.</summary>
    void SortRoles()
    {
        var given = asked.Amounts.FindAll(static a => a.Role == AmountRole.Given);
        if (given.Count != 2 || asked.Drugs.Count > 1 || !asked.Has("container-word")
            || (!given[0].Amount.IsNone && !given[1].Amount.IsNone
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
        Pattern("(waste-after)").IsMatch(After(match)) || Pattern("(waste-before)").IsMatch(Before(match)) ? AmountRole.Discarded
            : Pattern("(ordered-before)").IsMatch(Before(match))
                || (Pattern("(is-before)").IsMatch(Before(match)) && Pattern("(each-after)").IsMatch(After(match)))
                ? AmountRole.Ordered
            : Pattern("(vial-after)").IsMatch(After(match)) || Pattern("(vial-before)").IsMatch(Before(match)) ? AmountRole.Container
            : AmountRole.Given;

    static decimal Money(string digits) => decimal.Parse(digits, CultureInfo.InvariantCulture);

    static int CountOf(string said) => said.Length > 0 && char.IsAsciiDigit(said[0]) ? Int(said)
        : Math.Max(Numbers.Small(said), 1);

    /// <summary>
    /// A dose of each of several, or of each of a pair: the units are those of all of them. Where the whole is said as
    /// well ("2 g, 1 g each"), that is the dose.
    /// </summary>
    void TakeEach()
    {
        var match = Pattern("(of-each)").Match(whole);
        if (!match.Success || asked.Drugs.Count > 1) return;
        var count = asked.Count is > 1 and < 10 ? asked.Count.Value
            : match.Groups["pair"].Success || Pattern("(of-both)").IsMatch(whole) ? 2 : 1;
        var value = decimal.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
        var one = asked.Amounts.FindIndex(said => said.Role == AmountRole.Given
            && (said.Amount.IsNone ? said.Bare : said.Amount.Value) == value);
        if (one < 0 || count == 1) return;
        var each = asked.Amounts[one];
        if (asked.Amounts.Exists(other => other.Role == AmountRole.Given && other != each)) asked.Amounts.RemoveAt(one);
        else asked.Amounts[one] = new(each.Amount.IsNone ? default : new(each.Amount.Value * count, each.Amount.Unit),
            each.Bare * count, each.Role, $"{count} x {each.Text}", each.At);
    }
}
