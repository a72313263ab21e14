using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Rules;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>
/// Reads a question: days, codes, amounts and times by their shapes, drugs by the names of the code book, everything
/// else by the rows of words.tsv. What was read is blanked, so that no digit is taken twice.
/// </summary>
internal sealed partial class QuestionReader
{
    const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>Longer questions are cut: nobody asks in more.</summary>
    const int Longest = 1000;

    /// <summary>What takes longer is an infusion (INJ-009).</summary>
    const int LongestPush = 15;

    readonly Inquiry asked;
    readonly StringBuilder left;
    readonly string whole;
    readonly List<(int At, int Minutes)> times = [];

    QuestionReader(Inquiry asked)
    {
        this.asked = asked;
        whole = TimesCode.Replace(
            OtherNames.InNames(SpelledNumbers.InDigits(
                Plain(asked.Raw.Length > Longest ? asked.Raw[..Longest] : asked.Raw))), "$1 x $2");
        left = new(whole);
    }

    /// <param name="today">The day for which is asked, where the question names none.</param>
    public static Inquiry Read(string question, CodeBook book, DateOnly today)
    {
        var asked = new Inquiry { Book = book, Raw = question, Day = today, Today = today };
        new QuestionReader(asked).ReadAll();
        return asked;
    }

    /// <summary>The words of a question, mended, as wishes are found in them.</summary>
    public static WishText WordsIn(string question, CodeBook book) =>
        new QuestionReader(new() { Book = book, Raw = question }).ReadWords();

    WishText ReadWords()
    {
        asked.Text = FindWords.Joined(left.ToString(), Longest);
        Mend();
        return new(Pattern("(idiom)").Replace(asked.Text, "").Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    void ReadAll()
    {
        var words = ReadWords();
        Lexicon.Shipped.Mark(asked.Text, asked.Features);
        if (!RoutesIn(asked.Text).Contains(Route.IvInfusion)) asked.Features.Remove("route:iv-infusion");
        Wishes.Mark(words, asked.Book, asked.Features);
        ReadDays();
        ReadNdc();
        ReadPlaces();
        ReadCodes();
        ReadDiagnoses();
        ReadReasons();
        ReadDrugs();
        ReadTimes();
        ReadAmounts();
        ReadModifiers();
        ReadCounts();
        TakeEach();
        Enumerate();
        Derive();
        ReadDoubts();
    }

    /// <summary>
    /// The route is the one that is said; a push or an infusion says more than a vein. Of several none is taken, since
    /// it is not known which one is meant.
    /// </summary>
    void SettleRoute()
    {
        var routes = asked.Routes;
        if (asked.Has("vein-door") && !routes.Overlaps([Route.Im, Route.Sc, Route.ScInfusion])) routes.Add(Route.Iv);
        if (routes.Contains(Route.Sc) && asked.Has("other-way") && asked.Minutes > LongestPush)
            routes.Add(Route.ScInfusion); // by a pump, and not at once
        if (asked.Has("vaccines")) routes.ExceptWith([Route.Oral, Route.Intranasal]); // each goes as its product does
        if (routes.Contains(Route.ScInfusion)) routes.ExceptWith([Route.Sc, Route.IvInfusion]);
        if (routes.Contains(Route.Oral) && routes.Contains(Route.Sublingual)) routes.Remove(Route.Oral);
        if (routes.Count == 0 && asked.Has("class:Eye") && Pattern("(eye-side)").IsMatch(asked.Text))
            routes.Add(Route.Intravitreal);
        AddFluid();
        if (asked.Drugs.Count > 1) BindTimes();
        if ((routes.Count > 0 || asked.MinutesOf.Length > 0) && asked.Drugs.Count > 1) BindRoutes();
        routes.UnionWith(asked.RouteOfDrug);
        if (asked.RouteOfDrug.Count == 0 && routes.Overlaps([Route.IvPush, Route.IvInfusion]))
            routes.Remove(Route.Iv);
        if (routes.Count == 1) asked.Route = routes.First();
        if (routes.Count > 0 && routes.All(Inquiry.IsNotInjected) && !asked.Drugs.Exists(IsMadeFor))
            asked.Features.Add("not-injected");
    }

    /// <summary>
    /// Several drugs: each has the one route that is said between its name and the next one's; one that is silent has
    /// that of the next ("a and b im"). Where one has two, the last is silent after another's route ("a im and b"), or a
    /// route is said before them all as well, it is not known which went where. A diluent goes where the drug goes.
    /// </summary>
    void BindRoutes()
    {
        var own = asked.DrugsAt.ConvertAll(static _ => new HashSet<Route>());
        for (var i = own.Count - 1; i >= 0; i--)
        {
            own[i] = RoutesIn(EndOf(i));
            if (asked.MinutesOf.Length > i && asked.MinutesOf[i] is not null) own[i] = [Route.IvInfusion];
            if (own[i].Count == 0 && i + 1 < own.Count) own[i] = own[i + 1];
        }
        if (own.TrueForAll(static routes => routes.Count == 0)) return; // "im: a and b"
        var before = RoutesIn(whole[..asked.DrugsAt[0]]);
        if (own.TrueForAll(static routes => routes.All(Inquiry.IsOfVein))) before.Remove(Route.Iv); // says no more
        var isOpen = before.Count > 0 && !own.TrueForAll(own[0].SetEquals);
        for (var i = 0; i < own.Count; i++)
            if (isOpen || (own[i].Count != 1 && !HasOwnWay(asked.Drugs[i])))
                Doubt("route", $"the way of giving {asked.DrugNames[i]}");
        if (asked.Doubts.Count == 0 && own.TrueForAll(static routes => routes.Count == 1)
            && (asked.MinutesOf.Length > 0 || !own.TrueForAll(own[0].SetEquals)))
            asked.RouteOfDrug.AddRange(own.Select(static routes => routes.First()));
    }

    /// <summary>"Hydration 45 min, then Invanz over 30 min": fluids with a time of their own are a drug of the visit.
    /// </summary>
    void AddFluid()
    {
        if (times.Count == 0 || asked.Drugs.Count == 0 || !asked.Has("hydration-word")
            || asked.Drugs.Exists(DrugAnswer.IsFluid) || Pattern("(fluid)").Match(whole) is not { Success: true } name
            || asked.Book.DrugNamed("normal saline") is not { } fluid) return;
        var at = asked.DrugsAt.Count(start => start < name.Index);
        var end = at < asked.DrugsAt.Count ? asked.DrugsAt[at] : whole.Length;
        if (!times.Exists(time => time.At > name.Index && time.At < end)) return;
        asked.Drugs.Insert(at, fluid);
        asked.DrugNames.Insert(at, name.Value);
        asked.DrugsAt.Insert(at, name.Index);
    }

    /// <summary>
    /// Several drugs: a time that is said between a drug's name and the next one's is of that drug, where it goes into
    /// a vein and each time finds a drug of its own. Else it is not known whose the minutes are.
    /// </summary>
    void BindTimes()
    {
        var minutes = new int?[asked.Drugs.Count];
        foreach (var (at, count) in times)
        {
            var drug = asked.DrugsAt.FindLastIndex(start => start < at);
            if (again.FindLast(name => name.At < at) is { At: > 0 } named && named.At > asked.DrugsAt[drug])
                drug = named.Drug;
            if (drug >= 0 && minutes[drug] is { } more && DrugAnswer.IsFluid(asked.Drugs[drug])
                && HoursOf(more) + HoursOf(count) == HoursOf(more + count)) // whether added up or apart
            {
                minutes[drug] += count;
                continue;
            }
            if (drug < 0 || minutes[drug] is not null || !asked.Drugs[drug].Routes.Any(Inquiry.IsOfVein)
                || RoutesIn(EndOf(drug)).Overlaps([Route.Im, Route.Sc, Route.IvPush]))
                return;
            minutes[drug] = count;
        }
        if (times.Count == 0 || moreTimes) return;
        asked.MinutesOf = minutes;
        if (Enumerable.Range(0, minutes.Length).All(i => minutes[i] is not null || RoutesIn(EndOf(i)).Count > 0))
            asked.Features.Add("times-known");
        asked.Doubts.RemoveAll(static doubt => doubt.Fact == "minutes");
    }

    /// <summary>Units of hydration (INJ-012, INJ-055).</summary>
    static int HoursOf(int minutes) => (minutes + 29) / 60;

    /// <summary>The words from a drug's name to the next one's.</summary>
    string EndOf(int drug) => Pattern("(by-mouth)").Replace(
        whole[asked.DrugsAt[drug]..(drug + 1 < asked.DrugsAt.Count ? asked.DrugsAt[drug + 1] : whole.Length)], "");

    /// <summary>What is given as the drug beside it, or by a code of its own.</summary>
    static bool HasOwnWay(Drug drug) => drug.Vaccine is not null || DrugAnswer.IsDiluent(drug);

    static HashSet<Route> RoutesIn(string text)
    {
        var features = new HashSet<string>(StringComparer.Ordinal);
        Lexicon.Shipped.Mark(Pattern("(no-route)").Replace(FindWords.Joined(text, Longest), ""), features);
        var own = new HashSet<Route>();
        foreach (var feature in features)
            if (feature.Split(':') is ["route", var value] && Words.Routes.TryRead(value, out var route))
                own.Add(route);
        if (own.Overlaps([Route.IvPush, Route.IvInfusion])) own.Remove(Route.Iv);
        return own;
    }

    /// <summary>A drug that the book has for the route of the question, such as a vaccine for the nose.</summary>
    bool IsMadeFor(Drug drug) => drug.Vaccine is not null || drug.Routes.Any(asked.Routes.Contains);

    /// <summary>Small letters without marks; typographic quotes and dashes as they are typed.</summary>
    static string Plain(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var c in raw)
            text.Append(c switch
            {
                '\u2019' or '\u2018' => '\'', '\u2013' or '\u2014' or '\u2212' => '-',
                    '\u00a0' => ' ', 'µ' or 'μ' => 'u',
                _ => Unmarked(char.ToLowerInvariant(c)),
            });
        return text.ToString();
    }

    static char Unmarked(char c) => c switch
    {
        'á' or 'à' or 'ä' or 'â' or 'ã' => 'a', 'é' or 'è' or 'ê' or 'ë' => 'e', 'í' or 'ì' or 'ï' or 'î' => 'i',
        'ó' or 'ò' or 'ö' or 'ô' or 'õ' => 'o', 'ú' or 'ù' or 'ü' or 'û' => 'u', 'ñ' => 'n', 'ç' => 'c', '¿' or '¡' => ' ',
        < ' ' => ' ', _ => c,
    };

    /// <summary>Words that nobody knows and that are a slip away from one of ours.</summary>
    void Mend()
    {
        var words = asked.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < words.Length; i++)
            if (!DrugNames.Of(asked.Book).Knows(words[i]) && Lexicon.Shipped.Mended(words[i]) is { Length: > 0 } meant)
                words[i] = meant;
        asked.Text = string.Join(' ', words);
    }

    /// <summary>All matches of a pattern in what is left; what the reader takes is blanked.</summary>
    void Each(Regex pattern, Func<Match, bool> takes)
    {
        foreach (Match match in pattern.Matches(left.ToString()))
            if (takes(match)) Blank(match.Index, match.Length);
    }

    void Blank(int start, int length)
    {
        for (var i = start; i < start + length; i++) left[i] = ' ';
    }

    static int Int(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    string Before(Match match, int most = 16)
    {
        var from = Math.Max(0, match.Index - most);
        return left.ToString(from, match.Index - from);
    }

    string After(Match match, int most = 24)
    {
        var from = match.Index + match.Length;
        return left.ToString(from, Math.Min(most, left.Length - from));
    }

    void ReadPlaces()
    {
        Each(PlaceNumber, match =>
        {
            if (!Code.TryParse(match.Groups[1].Value.PadLeft(2, '0'), out var place)
                || asked.Book.Place(place, asked.Day) is null)
                return false;
            asked.Place = place;
            return true;
        });
        Each(ZipNumber, match =>
        {
            var zip = Int(match.Groups[1].Value);
            if (!asked.Book.TryZip(zip, asked.Day, out _)) return false;
            var isCode = asked.Book.Id(Code.Of(match.Groups[1].Value)) >= 0; // "included in 20610"
            if (isCode && !asked.Has("price-word") && match.Value[0] != 'z') return false;
            asked.Zip = zip;
            return true;
        });
    }

    /// <summary>A code and its units in one: 96372x5.</summary>
    static readonly Regex TimesCode = new(@"\b(\d{5}|[a-z]\d{4})x(\d{1,3})\b");

    static readonly Regex PlaceNumber = new(@"\b(?:pos|place of service|place)[ :#-]*(\d{1,2})\b", Any);

    static readonly Regex ZipNumber = new(@"\b(?:zip(?: ?code)?|in|near|for zip)[ :#]*(\d{5})\b", Any);

    void ReadReasons()
    {
        Each(Carc, TakeCarc);
        Each(CarcNear, match => TakeCarc(match));
        Each(Pattern("(carc-on-code)"),
            match => ReasonCodes.Shipped.Carc(match.Groups[1].Value) is not null && TakeCarc(match));
        Each(CarcAndRemark, match => ReasonCodes.Shipped.Carc(match.Groups[1].Value) is not null
            && ReasonCodes.Shipped.Rarc(match.Groups["remark"].Value) is not null && TakeCarc(match));
        Each(CarcBefore, match => ReasonCodes.Shipped.Carc(match.Groups[1].Value) is not null && TakeCarc(match));
        bool TakeCarc(Match match)
        {
            var code = match.Groups[1].Length > 0 ? match.Groups[1].Value : match.Groups[2].Value;
            if (code == "b12" && !SaidReason.IsMatch(match.Value)) return false; // the vitamin
            if (ReasonCodes.Shipped.Carc(code) is { } reason) asked.Reasons.Add(reason);
            else asked.UnknownReasons.Add(code.ToUpperInvariant());
            asked.Features.Add("carc");
            asked.Features.Add("carc:" + code.ToUpperInvariant());
            return true;
        }
        if (asked.Has("carc") || asked.Has("denied") || asked.Has("remark"))
            Each(Rarc, match =>
            {
                if (ReasonCodes.Shipped.Rarc(match.Value) is not { } remark) return false;
                asked.Reasons.Add(remark);
                asked.Features.Add("rarc:" + remark.Code);
                return true;
            });
        else if (asked.Codes.Count > 0)
            Each(SureRarc, match => !IsDiagnosis(match.Value)
                && ReasonCodes.Shipped.Rarc(match.Value) is { } remark && Add(remark));
        else if (asked.Diagnoses.Count == 0 && !asked.Has("qualifier-word"))
            Each(Rarc, match => ReasonCodes.Shipped.Rarc(match.Value) is { } remark && Add(remark));
        if (asked.Reasons.Count > 1 && !asked.Has("remark"))
            asked.Reasons.RemoveAll(static reason => reason.Code == "N4"); // the qualifier of an NDC
        bool Add(Reason remark)
        {
            asked.Reasons.Add(remark);
            asked.Features.Add("rarc:" + remark.Code);
            return true;
        }
    }

    static readonly Regex Carc = new(@"\b(?:carc|reason codes?|reason|denial codes?|den[iy]als?|den[iy]ed|rejected|adjustment(?: code)?|adj|co|pr|oa|pi)"
        + @"(?: as| for| with| code| it| reason| by medicare| medicare)?[ :#/-]*(\d{1,3}|[abp]\d{1,2})\b(?!\s*(?:mg|mcg|min|units|days|months|shots|times))", Any);

    static readonly Regex SaidReason = new(@"\b(?:carc|reason|co|pr|oa|pi)\b");

    static readonly Regex CarcBefore = new(@"\b(\d{1,3}|[abp]\d{1,2})\s+(?:denial|denials|denied|rejection|carc)\b", Any);

    /// <summary>A reason with its remark and nothing else: "16 N56", "197/MA130".</summary>
    static readonly Regex CarcAndRemark = new(@"(?<![\w.-])(\d{1,3}|[abp]\d{1,2})[ ,/+]{1,2}(?=(?<remark>n\d{1,3}|ma\d{1,3})\b(?![.\d]))", Any);

    static readonly Regex Rarc = new(@"\b(?:n\d{1,3}|ma\d{1,3}|m\d{1,3})\b", Any);

    /// <summary>Reasons that are no dose, a few words after the denial: "denied prolia 197", "29 timely".</summary>
    static readonly Regex CarcNear = new(@"\b(?:denied|denial|rejected)(?: [a-z]+){1,2},? (1(?:0[79]|19|4[67]|6[79]|8[1-5]|9[78])|2(?:04|2[67]|3[1-6]|43|5[26]|7[2-6]))\b(?!\s*(?:mg|mcg|units?|ml))"
        + @"|\b(29) (?:for )?timely\b", Any);

    /// <summary>Remarks that are nothing else beside a code.</summary>
    static readonly Regex SureRarc = new(@"\b(?:n\d{3}|ma\d{2,3})\b", Any);

    /// <summary>Names of what was found, as features.</summary>
    void Enumerate()
    {
        var features = asked.Features;
        AddCount("code", asked.Codes.Count);
        AddCount("drug", asked.Drugs.Count);
        AddCount("dx", asked.Diagnoses.Count);
        if (asked.Drugs.Count(static drug => drug.Vaccine is not null) > 1) features.Add("vaccines");
        AddCount("mod", asked.Modifiers.Count);
        AddCount("reason", asked.Reasons.Count);
        if (asked.NotCodes.Count > 0) features.Add("not-a-code");
        if (asked.UnknownReasons.Count > 0) features.Add("unknown-reason");
        if (asked.NotModifier.Length > 0) features.Add("unknown-modifier");
        foreach (var code in asked.Codes)
        {
            features.Add("code:" + code);
            if (asked.Book.Codes[asked.Book.Id(code)] is [.., var row])
                foreach (var bit in Enum.GetValues<GroupBit>())
                    if (row.Groups.Has(CodeGroups.Of(bit))) features.Add("is:" + bit);
        }
        if (asked.Codes.Exists(code => !asked.Book.TryCode(code, asked.Day, out _))) features.Add("code-ended");
        if (asked.Codes.Count > 0 && asked.Codes.TrueForAll(code => asked.Book.TryCode(code, asked.Day, out var row)
            && row.Kind == CodeKind.Procedure && asked.Book.LabelOf(row).Length == 0)) features.Add("code-foreign");
        if (asked.Diagnoses.Exists(code => asked.Book.Diagnoses(asked.Day)?.Standing(code) is DiagnosisStanding.Header))
            features.Add("dx-header");
        foreach (var modifier in asked.Modifiers) features.Add("mod:" + modifier);
        foreach (var drug in asked.Drugs)
        {
            foreach (var row in drug.Classes) features.Add("class:" + row.Class);
            if (drug.Vaccine is { } vaccine) features.Add("vaccine:" + vaccine.Family);
            features.Add("drug:" + drug.Name);
            features.Add("group:" + drug.Group);
        }
        if (asked.Drugs.Count > 0 && asked.Drugs.TrueForAll(static drug => drug.Routes.Count > 0
            && !drug.Routes.Any(Inquiry.IsOfVein))) features.Add("never-vein");
        if (again.Count > 0) features.Add("named-again");
        if (asked.AmountOf(AmountRole.Given) is not null) features.Add("dose");
        if (asked.AmountOf(AmountRole.Container) is not null) features.Add("vial-size");
        if (asked.AmountOf(AmountRole.Discarded) is not null) features.Add("waste");
        if (asked.Minutes is not null) features.Add("minutes");
        if (asked.ClaimedUnits is not null) features.Add("claimed-units");
        if (asked.Count is not null) features.Add("count");
        if (asked.NdcText.Length > 0) features.Add("ndc-number");
        if (asked.Zip is not null) features.Add("locality");
        if (LimitAnswer.IsOver(asked) && asked.Drugs.Count == 0
            && asked.Codes.TrueForAll(static code => code == Known.Injection)) features.Add("shots-over");
        if (asked.IsDaySaid) features.Add("day-said");
        if (PlaceWords.Unexplained(asked).Count > 0) features.Add("unexplained");
        if (asked.Codes.Count > 0 && PlaceWords.NamesPlace(asked)) features.Add("place-said");
        if (asked.Day > asked.Book.KnownThru || asked.Year > asked.Book.KnownThru.Year) features.Add("future");
    }

    void AddCount(string name, int count)
    {
        if (count > 0) asked.Features.Add(name);
        if (count > 1) asked.Features.Add(name + "s");
    }

    /// <summary>Facts that words say: who pays, where, by which route, from what container.</summary>
    void Derive()
    {
        foreach (var feature in asked.Features.ToArray())
            if (feature.Split(':') is [var kind, var value]) Derive(kind, value);
        if (asked.Has("not-chemo")) asked.Features.Remove("chemo-word");
        if (asked.Has("not-dialysis")) asked.Features.ExceptWith(["on-dialysis", "esrd-word"]);
        if (asked.Has("not-counseled")) asked.Features.Remove("counseled");
        SettleRoute();
        if (!asked.Place.IsNone) asked.Features.Add("pos:" + asked.Place);
        if (!asked.Place.IsNone) asked.Features.Add("pos");
        if (asked.Payer != PayerKind.None) asked.Features.Add("payer");
        if (asked.Route != Route.None) asked.Features.Add("route");
        if (asked.Features.Any(static f => f.StartsWith("vaccine:", StringComparison.Ordinal)))
            asked.Features.Add("vaccine");
    }

    void Derive(string kind, string value)
    {
        switch (kind)
        {
            case "payer" when Words.PayerKinds.TryRead(value, out var payer)
                && (asked.Payer == PayerKind.None || payer != PayerKind.Medicare):
                asked.Payer = payer;
                break;
            case "route" when Words.Routes.TryRead(value, out var route): asked.Routes.Add(route); break;
            case "container" when Words.Containers.TryRead(value, out var container): asked.Container = container;
                break;
            case "pos" when asked.Place.IsNone: asked.Place = Code.Of(value); break;
        }
    }
}
