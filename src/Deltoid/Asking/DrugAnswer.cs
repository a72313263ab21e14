using System.Globalization;
using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>A drug's code, what one unit is, the units of a dose, and how giving it is coded.</summary>
internal static partial class DrugAnswer
{
    const int MostDrugs = 6, MostNamed = 3, MostCodes = 10, LeastPart = 20;

    /// <summary>A drug of the question, or a drug's code where it names no drug.</summary>
    readonly record struct Subject(Drug? Drug, Code Code, string Name, Amount Dose, string DoseText);

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var subjects = SubjectsOf(asked);
        if (subjects.Count is 0 or > MostDrugs) return null;
        if (asked.Has("change-word") && asked.Codes.Count == 0) asked.Codes.AddRange(CodeAnswer.Before(asked));
        var isEnded = CodeAnswer.SayEnded(asked, draft);
        if (asked.Has("covered-word") && asked.Payer == PayerKind.Medicare
            && subjects.TrueForAll(each => IsSelfGiven(asked, each)))
            draft.Say("No, not under Part B").SayRule("INJ-208");
        var isSaid = isEnded || subjects.Count > MostNamed; // of many drugs only what is given is answered
        foreach (var subject in subjects)
            if (!subject.Dose.IsNone || (!isEnded && subjects.Count <= MostNamed
                && !(subjects.Count > 1 && subject.Drug is { } fluid && IsFluid(fluid))))
                isSaid |= SayByDay(asked, subject, draft);
        if (!isSaid && draft.IsEmpty) return null;
        SayWaste(asked, subjects, draft);
        SayGiving(asked, subjects, draft);
        SayVisit(asked, draft);
        SayCoverage(asked, subjects, draft);
        if (draft.IsEmpty) return null;
        foreach (var rule in row.Rules) draft.SayRule(rule);
        return subjects.Count == 1 && LacksProduct(asked, subjects[0]) ? ReplyKind.Ask : ReplyKind.Answer;
    }

    /// <summary>A visit that the question has by its code, beside the service that was stated.</summary>
    static void SayVisit(Inquiry asked, ReplyDraft draft)
    {
        if (draft.Service.IsNone || asked.Has("denied") || asked.Has("reason")) return;
        foreach (var code in asked.Codes)
            if (asked.Book.TryCode(code, asked.Day, out var row)
                && row.Groups.HasAny(Group.Visit | Group.PreventiveVisit) && !row.Groups.HasAny(Group.NurseVisit))
                PairAnswer.Say(asked, draft.Service, code, draft);
    }

    /// <summary>What becomes of the rest of each container; of several drugs, where the words of a drug say what its
    /// container held, or nothing is left of any.</summary>
    static void SayWaste(Inquiry asked, List<Subject> subjects, ReplyDraft draft)
    {
        if (subjects.Count == 1) WasteAnswer.Add(asked, GivenOf(asked, subjects[0]), draft);
        else
            foreach (var subject in subjects)
            {
                if (subject.Drug is null || subject.Dose.IsNone) continue;
                var at = asked.Drugs.IndexOf(subject.Drug);
                var from = asked.DrugsAt[at];
                var end = at + 1 < asked.Drugs.Count ? asked.DrugsAt[at + 1] : int.MaxValue;
                if (asked.Has("used-all") || asked.Amounts.Exists(said => said.At >= from && said.At < end
                    && said.Role is AmountRole.Container or AmountRole.Discarded))
                    WasteAnswer.Add(asked, GivenOf(asked, subject), draft, from, end);
            }
    }

    /// <summary>Units are asked for, and hang on what was given: a volume whose strength is not said, or no dose of what
    /// was given.</summary>
    static bool LacksProduct(Inquiry asked, Subject subject)
    {
        if (!asked.Has("units-word") || asked.ClaimedUnits is not null || subject.Drug is null || asked.Codes.Count > 0)
            return false;
        return subject.Dose.IsNone ? asked.Has("given-word")
            : subject.Dose.Unit == MeasureUnit.Ml && asked.Strength is null
                && !HasNumber(asked); // Depo-Medrol 80
    }

    /// <summary>The units on the day of the question; where it names two that differ, those of each.</summary>
    static bool SayByDay(Inquiry asked, Subject subject, ReplyDraft draft)
    {
        if (asked.OtherDay is not { } other || subject.Drug is not { } drug) return SayUnits(asked, subject, draft);
        var day = asked.Day;
        var code = CodeOf(asked, drug);
        asked.Day = other;
        var isSame = CodeOf(asked, drug) == code;
        asked.Day = day;
        if (isSame) return SayUnits(asked, subject, draft);
        var isSaid = false;
        foreach (var each in new[] { other, day }.Order())
        {
            asked.Day = each;
            draft.Reckoned("day", "day", each.Iso()).Say($"{each.Iso()}:");
            isSaid |= SayUnits(asked, subject, draft);
        }
        asked.Day = day;
        return isSaid;
    }

    static Administration GivenOf(Inquiry asked, Subject subject) =>
        Trial.Of(asked, subject.Drug, subject.Code, subject.Dose);

    /// <summary>The units of doses that a question has beside its minutes.</summary>
    public static void SayDoses(Inquiry asked, ReplyDraft draft)
    {
        foreach (var subject in SubjectsOf(asked))
            if (!subject.Dose.IsNone) SayUnits(asked, subject, draft);
    }

    /// <summary>JZ or JW of doses that a question has beside its minutes, where it says what is left.</summary>
    public static void SayRest(Inquiry asked, ReplyDraft draft)
    {
        if (asked.Has("used-all") || asked.Has("waste") || asked.Has("vial-size"))
            SayWaste(asked, SubjectsOf(asked), draft);
    }

    static bool HasNumber(Inquiry asked)
    {
        var name = FindWords.Joined(asked.DrugNames[0]) + " ";
        var at = asked.Text.IndexOf(name, StringComparison.Ordinal) + name.Length;
        return at >= name.Length && at < asked.Text.Length && char.IsAsciiDigit(asked.Text[at]);
    }

    /// <summary>The units of doses about which nothing was said yet, to a question on coding.</summary>
    public static void SayUnsaid(Inquiry asked, ReplyDraft draft)
    {
        if (asked.Has("price-word") || asked.Has("limit-word") || asked.Has("vaccine") || asked.Has("not-injected")
            || !(asked.Has("code") || asked.Has("units-word") || asked.Has("bill-word") || asked.Has("code-asked")))
            return;
        var subjects = SubjectsOf(asked);
        if (subjects.Count > MostDrugs) return;
        foreach (var subject in subjects)
            if (!subject.Dose.IsNone && !LinesOf(asked, subject).Exists(line => draft.HasUnits(line.Code)))
                SayUnits(asked, subject, draft);
        if (!asked.Has("bill-all") || asked.Has("denied") || asked.Has("reason") || subjects.Count == 0
            || subjects.Exists(static subject => subject.Dose.IsNone)) return;
        if (!draft.HasCited("INJ-095")) SayRest(asked, draft);
        if (draft.Service.IsNone) SayGiving(asked, subjects, draft); // a visit is asked about as a whole
        SayVisit(asked, draft);
    }

    /// <summary>What is true of a drug about which something else was wished: the units of its dose; where a code was
    /// wished, the codes for giving it.</summary>
    public static void SayTrue(Inquiry asked, ReplyDraft draft)
    {
        SayDoses(asked, draft);
        if (asked.Has("wish:code") && SubjectsOf(asked) is [{ Drug: { } drug }] subjects && asked.Doubts.Count == 0)
            SayByOwnRoutes(asked, subjects, drug, draft);
    }

    static List<Subject> SubjectsOf(Inquiry asked)
    {
        var subjects = new List<Subject>();
        var given = asked.Amounts.FindAll(static a => a.Role == AmountRole.Given);
        given.Sort(static (one, other) => one.At.CompareTo(other.At)); // those with a unit were read first
        if (given.Count == 0 && asked.Codes.Count == 0 && asked.ClaimedUnits is { } bare
            && asked.Has("units-word"))
            given.Add(new(default, bare, AmountRole.Given, bare.ToString(CultureInfo.InvariantCulture), 0));
        if (given.Count == 0 && asked.DrugNames is [var said]
            && (asked.Has("units-word") || asked.Has("is:DrugCode") || (asked.Has("named-again") && asked.Has("bill-all"))
                || !asked.Drugs[0].Brands.Exists(brand => IsSame(brand, said)))
            && int.TryParse(said.Split(' ', '-')[^1], CultureInfo.InvariantCulture, out var number)) // Kenalog 40
        {
            if (asked.Has("joint-target") && (asked.Text.Contains(" each ", StringComparison.Ordinal)
                || (asked.Has("named-again") && asked.Has("two-sides")))) number *= 2;
            given.Add(new(default, number, AmountRole.Given, number.ToString(CultureInfo.InvariantCulture), 0));
        }
        var isMixed = asked.Drugs.Exists(static drug => !IsBeside(drug));
        if (asked.Drugs.Count(static drug => !IsBeside(drug)) < 2) AddUp(asked, given);
        for (var i = 0; i < asked.Drugs.Count; i++)
        {
            if (isMixed && IsBeside(asked.Drugs[i]) && !IsTimed(asked, i)) continue;
            var amount = AmountOf(asked, given, i);
            var (dose, text) = DoseOf(asked, amount, CodeOf(asked, asked.Drugs[i]));
            if (dose.Unit == MeasureUnit.Ml && asked.Strength is null && asked.Drugs[i] is
                { Classes: [{ Class: DrugClass.RsvAntibody }, ..], Vials: [var vial, ..] }) // all of one strength
                dose = new(dose.Value * vial.Strength.Value / vial.StrengthPer.Value, vial.Strength.Unit);
            subjects.Add(new(asked.Drugs[i], default, NameOf(asked, i), dose, text));
        }
        if (subjects.Count == 0)
            foreach (var code in asked.Codes)
                if (asked.Book.Codes[asked.Book.Id(code)] is [.., { Kind: CodeKind.Drug }])
                {
                    var (dose, text) = DoseOf(asked, given.Count > 0 ? given[0] : default, code);
                    subjects.Add(new(null, code, code.ToString(), dose, text));
                }
        return subjects;
    }

    /// <summary>Fluids with minutes of their own: hydration beside a drug, and a service.</summary>
    static bool IsTimed(Inquiry asked, int drug) => asked.Has("hydration-word") && asked.MinutesOf.Length > drug
        && asked.MinutesOf[drug] is not null;

    /// <summary>
    /// The dose of one of several drugs: in their order where each has one; else the amount that follows its name,
    /// or is before it where the question begins with an amount ("50 mg of a").
    /// </summary>
    static SaidAmount AmountOf(Inquiry asked, List<SaidAmount> given, int drug)
    {
        if (given.Count == asked.Drugs.Count || asked.Drugs.Count == 1)
            return given.Count > drug ? given[drug] : default;
        var at = asked.DrugsAt;
        var isBefore = given.Exists(amount => amount.At < at[0]);
        return given.Find(amount => drug == (isBefore ? at.FindIndex(start => start > amount.At)
            : at.FindLastIndex(start => start < amount.At)));
    }

    /// <summary>
    /// Doses of one drug are added up where they are said to be together; else it is not known which was given, and none
    /// is taken. An amount of another kind, such as its volume, is no second dose.
    /// </summary>
    static void AddUp(Inquiry asked, List<SaidAmount> given)
    {
        var isEach = given is [_, _] && asked.Has("two-sides"); // the same dose on both
        if (given.Exists(static each => each.Amount.Unit is not (MeasureUnit.None or MeasureUnit.Ml)))
            given.RemoveAll(static each => each.Amount.Unit == MeasureUnit.Ml);
        if (given.Count < 2
            || !given.TrueForAll(each => !each.Amount.IsNone && each.Amount.IsComparableTo(given[0].Amount))
            || (!isEach && given.TrueForAll(each => each.Amount.Base == given[0].Amount.Base)))
            return;
        var sum = given[0].Amount;
        foreach (var each in given[1..]) sum += each.Amount;
        var text = string.Join(" + ", given.ConvertAll(static each => each.Text));
        given.Clear();
        if (asked.Has("together") && !asked.Has("either")) given.Add(new(sum, 0, AmountRole.Given, text, 0));
    }

    static bool IsSame(string brand, string said) => FindWords.Joined(brand) == FindWords.Joined(said);

    public static bool IsDiluent(Drug drug) =>
        drug.Classes is [{ Class: DrugClass.LocalAnesthetic or DrugClass.Diluent }, ..];

    /// <summary>What may run by itself, as hydration.</summary>
    public static bool IsFluid(Drug drug) =>
        IsDiluent(drug) || drug.Classes is [{ Class: DrugClass.Hydration }, ..];

    /// <summary>What has no line of a drug beside another one: it numbs or dilutes it (INJ-106), or is an allergen
    /// (INJ-028).</summary>
    public static bool IsBeside(Drug drug) => IsDiluent(drug) || drug.Classes is [{ Class: DrugClass.Allergen }, ..];

    static string NameOf(Inquiry asked, int index)
    {
        var (said, generic) = (asked.DrugNames[index], asked.Drugs[index].Name);
        var name = asked.Drugs[index].Brands.Find(b => FindWords.Joined(b) == said) ?? said;
        return name.Equals(generic, StringComparison.OrdinalIgnoreCase)
            || generic.StartsWith(name, StringComparison.Ordinal)
            ? Sentence.Capital(generic) : $"{Sentence.Capital(name)} ({generic})";
    }

    /// <summary>The first of the drug's codes in force that has a unit, to know what a bare number counts.</summary>
    static Code CodeOf(Inquiry asked, Drug drug)
    {
        foreach (var product in drug.Products)
            if (asked.Book.TryCode(product.Hcpcs, asked.Day, out _)
                && asked.Book.TryUnit(product.Hcpcs, asked.Day, out var unit) && !unit.IsPerDose)
                return product.Hcpcs;
        return default;
    }

    static (Amount, string) DoseOf(Inquiry asked, SaidAmount amount, Code code)
    {
        if (amount.Text is null) return default;
        if (!amount.Amount.IsNone) return (amount.Amount, amount.Text);
        if (!asked.Book.TryUnit(code, asked.Day, out var unit)) return default;
        if (amount.Text.Contains("pellet", StringComparison.Ordinal))
            return (new(amount.Bare * unit.Unit.Value, unit.Unit.Unit), amount.Text);
        // so small a part of a unit is said in another one: "Aloxi 0.25", whose unit is 25 mcg
        if (amount.Bare * LeastPart < unit.Unit.Value) return default;
        var taken = new Amount(amount.Bare, unit.Unit.Unit);
        return (taken, taken.ToString());
    }

    /// <summary>The drug lines of the doses that are said, of one unit where none is; without a line the codes of the
    /// drug.</summary>
    public static List<(Code Code, long Units)> LinesOf(Inquiry asked)
    {
        var all = new List<(Code, long)>();
        foreach (var subject in SubjectsOf(asked))
        {
            var lines = LinesOf(asked, subject);
            foreach (var line in lines) all.Add((line.Code, subject.Dose.IsNone ? 1 : Math.Max(1, line.Units.Whole)));
            if (lines.Count > 0 || subject.Drug is null) continue;
            var codes = new List<Code>();
            AddCodes(asked, subject, codes);
            all.AddRange(codes.ConvertAll(static code => (code, 1L)));
        }
        return all;
    }

    static List<ServiceLine> LinesOf(Inquiry asked, Subject subject)
    {
        var given = GivenOf(asked, subject);
        var lines = Trial.Lines(Trial.Code(asked, given), drugs: true);
        return lines.Count == 0 && !subject.Dose.IsNone && asked.Route == Route.None ? ByAnyRoute(asked, given) : lines;
    }

    static bool SayUnits(Inquiry asked, Subject subject, ReplyDraft draft)
    {
        var lines = LinesOf(asked, subject);
        if (lines.Count > 0 && !subject.Dose.IsNone)
            return SayLine(asked, subject, lines, draft);
        return SayCodes(asked, subject, draft);
    }

    /// <summary>The drug's line where its own routes all lead to one; empty where they do not.</summary>
    static List<ServiceLine> ByAnyRoute(Inquiry asked, Administration given)
    {
        var lines = new List<ServiceLine>();
        foreach (var route in asked.Drugs.Find(drug => drug.Routes.Count > 0)?.Routes ?? new())
        {
            given.Route = route;
            var own = Trial.Lines(Trial.Code(asked, given), drugs: true);
            if (own.Count == 0) continue;
            if (lines.Count > 0 && (own[0].Code != lines[0].Code || own[0].Units != lines[0].Units)) return [];
            lines = own;
        }
        return lines;
    }

    static bool SayLine(Inquiry asked, Subject subject, List<ServiceLine> lines, ReplyDraft draft)
    {
        foreach (var line in lines)
        {
            var unit = StateCode(asked, line.Code, draft);
            draft.State(line.Code.ToString(), "drug", subject.Name, DateRange.Always, asked.Book.Version)
                .FromQuestion("dose", subject.DoseText).FromQuestion("strength", asked.Strength?.Text ?? "")
                .Reckoned(line.Code.ToString(), "units", line.Units.ToString());
            draft.CiteRule("INJ-092");
            var lead = LeadOf(asked, line, draft);
            var name = subject.Drug is null && line.Code == subject.Code ? "" : $"{line.Code}, ";
            var (one, counted) = (line.Units == Quantity.One, asked.IsSpanish ? "unidad" : "unit");
            if (!one) counted += asked.IsSpanish ? "es" : "s";
            var english = $"{lead}{subject.Name} {subject.DoseText} is {name}{line.Units} {counted}"
                + $"{(unit.Length > 0 ? $": one unit is {unit}" : "")}.";
            draft.Say(unit.Length == 0 ? english : Spanish.Sentence(asked, "units", english, lead, subject.Name,
                subject.DoseText, name, line.Units, counted, unit));
        }
        return true;
    }

    /// <summary>What the question believes, held against the engine: another code, other units.</summary>
    static string LeadOf(Inquiry asked, in ServiceLine line, ReplyDraft draft)
    {
        var believed =
            asked.Codes.FindAll(code => asked.Book.Codes[asked.Book.Id(code)] is [.., { Kind: CodeKind.Drug }]);
        if (asked.Has("code-twice")) return ""; // its lines say different things
        var isOther = believed.Count > 0 && !believed.Contains(line.Code);
        if (asked.ClaimedUnits is { } units)
        {
            draft.FromQuestion("units", units.ToString("0.###", CultureInfo.InvariantCulture));
            if (asked.AmountOf(AmountRole.Given) is null) return "";
            if (units == line.Units.Value && draft.HasCited("INJ-208")) return "";
            if (units != line.Units.Value)
                return Spanish.Sentence(asked, "not-units",
                    $"No, not {units.ToString("0.###", CultureInfo.InvariantCulture)}: ", units);
            if (!isOther)
                return AsksMore(asked) || asked.Codes.Count > believed.Count ? ""
                    : Spanish.Sentence(asked, "yes", "Yes: ");
        }
        return isOther ? "No: " : "";
    }

    /// <summary>"Yes" to a denial, a wish or a line of waste would be taken for more than the units.</summary>
    static bool AsksMore(Inquiry asked) => asked.Has("mod:JW") || asked.Has("denied") || asked.Has("reason")
        || asked.Has("wish-likely") || asked.Has("wish:units") || asked.Has("limit-word");

    /// <summary>Without a dose: the codes of the drug on the day, and what one unit of each is.</summary>
    static bool SayCodes(Inquiry asked, Subject subject, ReplyDraft draft)
    {
        var codes = new List<Code>();
        if (subject.Drug is null) codes.Add(subject.Code);
        else AddCodes(asked, subject, codes);
        var named = codes.FindAll(code => !IsUnclassified(asked, code));
        if (named.Count > 0) codes = named;
        if (codes.Count is 0 or > MostCodes) return false;
        var (texts, one) = (new List<string>(), asked.IsSpanish ? "una unidad es" : "one unit is");
        foreach (var code in codes)
        {
            var unit = StateCode(asked, code, draft);
            texts.Add(subject.Drug is null ? $"{one} {unit}" : unit.Length > 0 ? $"{code}, {one} {unit}" : $"{code}");
        }
        draft.State(codes[0].ToString(), "drug", subject.Name, DateRange.Always, asked.Book.Version);
        draft.Say($"{subject.Name}: {string.Join("; ", texts)}");
        if (codes.Count > 1) draft.Ask("brand");
        if (subject.Dose.IsNone) draft.AskAgain("dose");
        else if (subject.Dose.Unit == MeasureUnit.Ml && asked.Strength is null) draft.Ask("strength");
        draft.CiteRule("INJ-092");
        return true;
    }

    static bool IsUnclassified(Inquiry asked, Code code) =>
        asked.Book.TryCode(code, asked.Day, out var row) && row.Groups.HasAny(Group.UnclassifiedDrug);

    /// <summary>The codes of the brand that was said; of a generic name all in force.</summary>
    static void AddCodes(Inquiry asked, Subject subject, List<Code> codes)
    {
        var said = asked.DrugNames[asked.Drugs.IndexOf(subject.Drug!)];
        var isBrand = subject.Drug!.Brands.Exists(brand => FindWords.Joined(brand) == FindWords.Joined(said));
        foreach (var product in subject.Drug.Products)
            if (Lists(product.Brand, said)) Add(product.Hcpcs);
        if (codes.Count > 0) return;
        foreach (var product in subject.Drug.Products)
            if (!isBrand || product.Brand.Length == 0) Add(product.Hcpcs);
        if (codes.Count == 0)
            foreach (var product in subject.Drug.Products) Add(product.Hcpcs);
        void Add(Code code)
        {
            if (asked.Book.TryCode(code, asked.Day, out _) && !codes.Contains(code)) codes.Add(code);
        }
    }

    static bool Lists(ReadOnlySpan<char> brands, string said)
    {
        while (Rows.NextItem(ref brands, '|', out var brand))
            if (FindWords.Joined(new(brand)) == FindWords.Joined(said)) return true;
        return false;
    }

    /// <summary>States a drug's code with its row, and gives what one unit is; empty where it has none.</summary>
    public static string StateCode(Inquiry asked, Code code, ReplyDraft draft)
    {
        if (asked.Book.TryCode(code, asked.Day, out var row))
            draft.State(code.ToString(), "code", asked.Book.LabelOf(row), row.Dates, row.Source);
        else if (asked.Book.Codes[asked.Book.Id(code)] is [.., var last])
            draft.State(code.ToString(), "code", asked.Book.LabelOf(last), last.Dates, last.Source);
        draft.CiteTable("HCP26", code.ToString());
        if (!asked.Book.TryUnit(code, asked.Day, out var unit)) return "";
        var text = BookWords.Unit(unit) is "1 units" ? "1 unit" : BookWords.Unit(unit);
        draft.State(code.ToString(), "one unit", text, unit.Dates, "HCP26");
        return text;
    }
}
