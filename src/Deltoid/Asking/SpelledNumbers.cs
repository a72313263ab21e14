using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Notes;

namespace Deltoid.Asking;

/// <summary>
/// Times and amounts that are spelled out, in digits: "half an hour", "two hours", "1.2 million IM units", "1 liter".
/// </summary>
internal static class SpelledNumbers
{
    /// <summary>The same text with digits and units that the reader knows.</summary>
    public static string InDigits(string text)
    {
        text = Million.Replace(text, "${n} million units");
        text = Thousand.Replace(text, "${n}000 ");
        text = ThousandBare.Replace(text, "${n}000 units ");
        text = HalfLiter.Replace(text, "500 ml");
        text = PartOfUnit.Replace(text, static match =>
            $"{(match.Groups["q"].Length > 0 ? "0.25" : "0.5")} {match.Groups["u"].Value}");
        text = Liter.Replace(text, static match => string.Create(CultureInfo.InvariantCulture,
            $"{(match.Groups["n"].Length == 0 ? 1
                : decimal.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture)) * 1000:0.###} ml"));
        text = HalfHour.Replace(text, "30 min");
        text = QuarterHour.Replace(text, static match => match.Groups[1].Length > 0 ? "45 min" : "15 min");
        text = Spelled.Replace(text, static match => $"{Value(match)} {match.Groups["of"].Value}");
        return AndHalf.Replace(text, static match =>
            $"{(match.Groups["n"].Length > 0 ? match.Groups["n"].Value : "1")}.5 hours");
    }

    static int Value(Match match)
    {
        var one = match.Groups["one"].Value;
        var value = one is "an" or "a" ? 1 : Numbers.Small(one);
        return Math.Max(Numbers.Small(match.Groups["ten"].Value), 0) + Math.Max(value, 0);
    }

    static readonly Regex Million = new(@"(?<![\w.])(?<n>\d+(?:\.\d+)?)\s?(?:(?:million|mil|mill|millon|millones)(?: de)?(?: (?:im|sq|sc|iv|int l|international))*(?: ?(?:units?|iu|u|unidades))?|mu|miu|m units?)\b");

    static readonly Regex Thousand = new(@"(?<![\w.])(?<n>\d+) ?(?:thousand |mil |k )(?=units?\b|iu\b|u\b|unidades\b)");

    static readonly Regex ThousandBare = new(@"(?<![\w.])(?<n>\d{1,3}) ?k (?=(?:im|iv|sq|sc|subq|sub q|ivp)\b)");

    static readonly Regex Liter = new(@"(?<![\w.])(?:(?<n>\d{1,2}(?:\.\d{1,9})?) ?(?:l|liters?|litres?|litros?)|(?:an?|one|un) lit(?:er|re|ro))\b(?![-/])");

    static readonly Regex HalfLiter =
        new(@"(?<![\w.])(?:half|1/2|0?\.5) ?(?:of )?(?:an? )?(?:l|liter|litre)\b(?![-/])|\bmedio litro\b");

    /// <summary>Half a ml, a quarter of a cc, medio ml.</summary>
    static readonly Regex PartOfUnit = new(@"(?<![\w.])(?:(?:a |one )?half|1/2|medio|(?<q>(?:a |one )?quarter|1/4)) (?:of )?(?:an? |un )?"
        + @"(?<u>ml|cc|mg|mcg|gm?|grams?|gramo|milligram|milliliter)\b(?![-/])");

    static readonly Regex HalfHour = new(@"\b(?:(?:a )?half(?: an?)?[ -]hours?|1/2 (?:an )?(?:hours?|hrs?)|(?<![\d.])0?\.5 ?(?:hours?|hrs?)|media hora)\b");

    static readonly Regex QuarterHour = new(@"\b(?:a )?(three[ -])?quarters?(?: of)?(?: an?)?[ -]hours?\b");

    static readonly Regex Spelled = new(@"\b(?:(?<ten>twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[ -](?<one>one|two|three|four|five|six|"
        + @"seven|eight|nine))?|(?<one>an|a|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
        + @"sixteen|seventeen|eighteen|nineteen|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez))"
        + @"[ -](?<of>hours?|hrs?|min|mins|minutes?|horas?|minutos?)\b");

    /// <summary>An hour and a half, 2 and a half hours, 1 1/2 hours.</summary>
    static readonly Regex AndHalf = new(@"\b(?:(?<n>\d{1,2}) (?:hours?|hrs?) (?:and|y) (?:a half|half|1/2|media)\b"
        + @"|(?<n>\d{1,2}) and (?:a half|half|1/2) (?:hours?|hrs?)\b|(?<n>\d{1,2})[ -]1/2 (?:hours?|hrs?)\b|hora y media\b)");
}
