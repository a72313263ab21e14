using System.Globalization;
using System.Text.RegularExpressions;
using Deltoid.Codes;
using Deltoid.Notes;
using Deltoid.Values;

namespace Deltoid.Asking;

internal sealed partial class QuestionReader
{
    /// <summary>Names of the lexicon, else a beginning or a slip of one; what is a word of ours is none.</summary>
    void ReadDrugs()
    {
        var (names, text) = (DrugNames.Of(asked.Book), new NoteText(left.ToString()));
        for (var i = 0; i < text.Count; i++)
        {
            var (drug, end, meant) = DrugAt(names, text, i);
            if (drug is null) continue;
            var (start, length) = (text[i].Start, text[end - 1].End - text[i].Start);
            if (IsIllness(start, left.ToString(start, length))) continue;
            var said = meant.Length > 0 ? meant : left.ToString(start, length);
            if (meant.Length > 0) asked.Mended.Add(left.ToString(start, length));
            if (asked.Drugs.IndexOf(drug) is >= 0 and var known && !NamesAgain(known, start))
                asked.Drugs.RemoveAt(known);
            if (!asked.Drugs.Contains(drug))
            {
                asked.Drugs.Add(drug);
                asked.DrugNames.Add(said);
                asked.DrugsAt.Add(start);
            }
            else if (IsBrand(drug, said)) // "infliximab inflectra": the brand says more
                asked.DrugNames[asked.Drugs.IndexOf(drug)] = said;
            Blank(start, length);
            i = end - 1;
        }
    }

    readonly List<(int At, int Drug)> again = []; // where a drug is named once more

    /// <summary>A drug that was named before. A name with no amount up to the next one was a heading, "cisplatin day:", and
    /// what follows the new one is of the drug.</summary>
    bool NamesAgain(int drug, int start)
    {
        var next = drug + 1 < asked.DrugsAt.Count ? asked.DrugsAt[drug + 1] : start;
        var since = whole[asked.DrugsAt[drug]..next];
        if (drug + 1 == asked.DrugsAt.Count || Pattern("(with-unit)").IsMatch(since)
            || since.Count(char.IsAsciiDigit) > 1) // "one port" is one
        {
            again.Add((start, drug));
            return true;
        }
        asked.DrugNames.RemoveAt(drug);
        asked.DrugsAt.RemoveAt(drug);
        again.RemoveAll(each => each.Drug == drug);
        for (var i = 0; i < again.Count; i++)
            if (again[i].Drug > drug) again[i] = (again[i].At, again[i].Drug - 1);
        return false;
    }

    /// <summary>"for pneumonia", "had the flu": an illness that a vaccine is named by, and why something was
    /// given.</summary>
    bool IsIllness(int start, string said) => (said is "rsv" && asked.Has("rsv-antibody"))
        || (said is "pneumonia" or "flu" or "covid" or "shingles" or "hepatitis b"
        && IllnessBefore.IsMatch(left.ToString(0, start)));

    static readonly Regex IllnessBefore = new(@"\b(?:for|had|has|have|with) (?:the |a )?$");

    static bool IsBrand(Drug drug, string said) =>
        drug.Brands.Exists(brand => FindWords.Joined(brand) == FindWords.Joined(said));

    /// <summary>The drug, the token after its name, and the name that was meant where it has a slip.</summary>
    (Drug?, int, string) DrugAt(DrugNames names, NoteText text, int token)
    {
        var word = new string(text.Word(token));
        if (names.Lexicon.TryFind(text, token, out var mention) && !mention.IsGuess && mention.Drug is { } drug
            && (mention.EndToken > token + 1 || word.Length > 2 || !Lexicon.Shipped.Knows(word)
                || (asked.Has("hydration-word") && Pattern("(military)").IsMatch(whole))
                || Pattern("(fluid-before)").IsMatch(whole[..text[token].Start]) // a liter of ns
                || (token + 1 < text.Count && char.IsAsciiDigit(text.Word(token + 1)[0])))) // ns 1000 ml
            return mention.EndToken == token + 1 && token + 1 < text.Count
                && names.Longer(word, new(text.Word(token + 1))) is { Length: > 0 } longer
                ? (asked.Book.Drugs[names.IndexOf(longer)], token + 2, longer) : (drug, mention.EndToken, "");
        if (text.Kind(token) != TokenKind.Word || Lexicon.Shipped.Knows(word)) return (null, 0, "");
        if (token + 1 < text.Count && names.Longer(word, new(text.Word(token + 1))) is { Length: > 0 } two)
            return (asked.Book.Drugs[names.IndexOf(two)], token + 2, two);
        if (names.Beginning(word) is >= 0 and var first) return (asked.Book.Drugs[first], token + 1, "");
        var meant = names.Near(word);
        if (meant.Length == 0 && !RuleSearch.Shipped.Knows(word)) meant = names.Begun(word); // azithro
        return meant.Length == 0 ? (null, 0, "") : (asked.Book.Drugs[names.IndexOf(meant)], token + 1, meant);
    }

    bool moreTimes; // a time without its unit, after another one

    /// <summary>The first time of a question counts; another one may be of another drug.</summary>
    void TakeMinutes(int minutes, string words, int at)
    {
        times.Add((at, minutes));
        if (asked.Minutes is { } other && other != minutes) asked.Doubts.Add(("minutes", words.Trim()));
        asked.Minutes ??= minutes;
    }

    void ReadTimes()
    {
        var pause = 0;
        Each(Pattern("(pause)"), match =>
        {
            if (MinuteOf(match.Groups[1].Value) is not { } from || MinuteOf(match.Groups[2].Value) is not { } to)
                return false;
            pause += (to - from + 1440) % 1440;
            return true;
        });
        ReadRuns();
        if (pause > 0) TakeOff(pause);
        if (asked.Minutes is not null)
            Each(Pattern("(more-time)"), match =>
            {
                asked.Doubts.Add(("minutes", match.Value));
                return moreTimes = true;
            });
        ReadAges();
    }

    /// <summary>The minutes of a pause are taken off the one time that is said; of several it is not known from which.
    /// </summary>
    void TakeOff(int pause)
    {
        if (asked.Minutes is not { } all || pause >= all || times.Exists(time => time.Minutes != all))
        {
            asked.Doubts.Add(("minutes", "the pause"));
            return;
        }
        for (var i = 0; i < times.Count; i++) times[i] = times[i] with { Minutes = all - pause };
        asked.Minutes = all - pause;
    }

    void ReadRuns()
    {
        Each(Pattern("(start-stop)"), match =>
        {
            var (start, stop) = (MinuteOf(match.Groups[1].Value), MinuteOf(match.Groups[2].Value));
            if (start is not { } from || stop is not { } to) return false;
            TakeMinutes((to - from + 1440) % 1440, match.Value, match.Index);
            return true;
        });
        Each(Pattern("(from-to)"), match =>
        {
            if (!TimeOnly.TryParse(match.Groups[1].Value, CultureInfo.InvariantCulture, out var start)
                || !TimeOnly.TryParse(match.Groups[2].Value, CultureInfo.InvariantCulture, out var stop))
                return false;
            TakeMinutes((int)((stop - start).Ticks / TimeSpan.TicksPerMinute), match.Value, match.Index);
            return true;
        });
        Each(Pattern("(military)"), match =>
        {
            if (MinuteOf(match.Groups[1].Value) is not { } from || MinuteOf(match.Groups[2].Value) is not { } to)
                return false;
            TakeMinutes((to - from + 1440) % 1440, match.Value, match.Index);
            return true;
        });
        Each(Pattern("(hours-minutes)"), match =>
        {
            var said = match.Groups[2].Length > 0 ? match.Groups[2].Value : match.Groups[3].Value;
            if (match.Groups[1].Length + said.Length == 0) return false;
            var hours = match.Groups[1].Length == 0
                ? 0 : decimal.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            var minutes = (int)((hours * 60)
                + (said.Length == 0 ? 0 : decimal.Parse(said, CultureInfo.InvariantCulture)));
            TakeMinutes(minutes, match.Value, match.Index);
            return true;
        });
    }

    void ReadAges()
    {
        Each(AgeInMonths, match =>
        {
            asked.Age = Int(match.Groups[1].Value) / 12;
            return true;
        });
        Each(AgeInYears, match =>
        {
            asked.Age = Int(match.Groups[1].Value);
            return true;
        });
        Each(MonthCount, match =>
        {
            asked.Months = Int(match.Groups[1].Value);
            return true;
        });
    }

    /// <summary>The minute of the day: 0900, 9:00.</summary>
    static int? MinuteOf(string text)
    {
        var digits = text.Replace(":", "", StringComparison.Ordinal).PadLeft(4, '0');
        var (hour, minute) = (Int(digits[..2]), Int(digits[2..]));
        return hour < 24 && minute < 60 ? (hour * 60) + minute : null;
    }

    static readonly Regex AgeInMonths = new(@"\b(\d{1,2})\s*-?\s*(?:mo|months?|mos|m/o)\.?[ -]?(?:old|infant|baby|child)\b", Any);

    static readonly Regex AgeInYears = new(@"\b(\d{1,3})\s*-?\s*(?:yo|y/o|yr old|year old|years old|yrs old|anos|years of age)\b", Any);

    static readonly Regex MonthCount = new(@"\b(\d{1,3})\s*-?\s*(?:months?|mos?|meses)\b", Any);

    void ReadCounts() => Each(Counted, match =>
    {
        asked.Count = match.Groups[1].Value.ToLowerInvariant() switch
        {
            "one" or "a" or "un" or "una" => 1, "two" or "dos" or "both" => 2, "three" or "tres" => 3,
            "four" or "cuatro" => 4, "five" or "cinco" => 5, "six" => 6, "seven" => 7, "eight" => 8, "nine" => 9,
            "ten" => 10, var digits => Int(digits),
        };
        asked.Features.Add("count:" + match.Groups[2].Value.TrimEnd('s'));
        return false;
    });

    static readonly Regex Counted = new(@"\b(\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|both|dos|tres|cuatro|cinco)\s+(?:different |separate |im |sq |trigger |"
        + @"b12 |vaccine |allergy |reaction |steroid )*(shots?|injections?|inyecciones|times|vaccines?|muscles?|lesions?|levels?|joints?|knees?|arms|"
        + @"drugs?|sites?|punctures?|units|warts?|keloids?|ganglions?|points?)\b", Any);

    void ReadDays()
    {
        Each(IsoDay, match => Take(match.Value));
        Each(SlashDay, match =>
            Take(Iso(YearOf(match.Groups[3].Value), Int(match.Groups[1].Value), Int(match.Groups[2].Value))));
        Each(MonthAndYear, match =>
        {
            var (month, year) = (MonthOf(match.Groups["m"].Value), Int(match.Groups["y"].Value));
            if (month == 0) return false;
            if (match.Groups["d"].Success) return Take(Iso(year, month, Int(match.Groups["d"].Value)));
            TakeMonth(year, month);
            return true;
        });
        Each(Quarter, match =>
        {
            var (quarter, year) = match.Groups[1].Success
                ? (match.Groups[1].Value, match.Groups[2].Value) : (match.Groups[4].Value, match.Groups[3].Value);
            TakeMonth(Int(year), (Int(quarter) * 3) - 1);
            return true;
        });
        Each(YearAlone, match =>
        {
            var year = Int(match.Value);
            if (asked.Year is { } first && first != year && asked.Has("difference-word")) asked.OtherYear = year;
            asked.Year = year;
            if (!asked.IsDaySaid && year != asked.Today.Year) asked.Day = new(year, 7, 1);
            return true;
        });
    }

    static string Iso(int year, int month, int day) =>
        string.Create(CultureInfo.InvariantCulture, $"{year}-{month:00}-{day:00}");

    static int YearOf(string digits) => Int(digits) is var year && year < 100 ? 2000 + year : year;

    bool Take(string iso)
    {
        if (!Days.TryRead(iso, out var day)) return false;
        if (asked.IsDaySaid && day != asked.Day) asked.OtherDay = asked.Day;
        (asked.Day, asked.IsDaySaid, asked.Year) = (day, true, day.Year);
        return true;
    }

    /// <summary>A month is the day of asking where that lies in it, else its middle.</summary>
    void TakeMonth(int year, int month)
    {
        asked.Year = year;
        if (year == asked.Today.Year && month == asked.Today.Month) return;
        (asked.Day, asked.IsDaySaid) = (new(year, month, 15), true);
    }

    static int MonthOf(string name) => name[..3].ToLowerInvariant() switch
    {
        "jan" or "ene" => 1, "feb" => 2, "mar" => 3, "apr" or "abr" => 4, "may" => 5, "jun" => 6, "jul" => 7,
        "aug" or "ago" => 8, "sep" => 9, "oct" => 10, "nov" => 11, "dec" or "dic" => 12, _ => 0,
    };

    static readonly Regex IsoDay = new(@"\b20\d\d-\d\d-\d\d\b", Any);

    static readonly Regex SlashDay = new(@"\b(\d{1,2})/(\d{1,2})/(20\d\d|\d\d)\b", Any);

    static readonly Regex MonthAndYear = new(@"\b(?<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*\.?,?\s+"
        + @"(?:de\s+)?(?:(?<d>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?<y>20[12]\d)\b|"
        + @"\b(?<y>20[12]\d)\s+(?<m>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic)[a-z]*\b", Any);

    static readonly Regex Quarter = new(@"\bq([1-4])[ -]*(20[12]\d)\b|\b(20[12]\d)[ -]*q([1-4])\b", Any);

    static readonly Regex YearAlone = new(@"(?<![\w.$,-])20(?:1[5-9]|2\d|3\d)(?![\w.,-]*\d)(?!\s*(?:mg|mcg|units|ml))\b", Any);
}
