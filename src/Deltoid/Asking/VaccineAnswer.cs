using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Values;

namespace Deltoid.Asking;

/// <summary>How giving a vaccine is billed, and by which part of Medicare it is paid: engine and rows of
/// vaccines.tsv.</summary>
internal static class VaccineAnswer
{
    /// <summary>From this age on the codes with counseling do not fit; a child whose age is not said is well under
    /// it.</summary>
    const int Adult = 19, ChildAge = 5, MostFamilies = 6;

    public static ReplyKind? Answer(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var families = asked.Features.Where(static f => f.StartsWith("vaccine:", StringComparison.Ordinal))
            .Select(static f => f["vaccine:".Length..]).Order(StringComparer.Ordinal).ToList();
        if (families.Count is 0 or > MostFamilies) return null;
        var drugs = families.SelectMany(family => DrugsOf(asked, family)).ToList();
        foreach (var family in families)
            if (DrugsOf(asked, family) is [_, _, ..] several && several.All(asked.Drugs.Contains))
                foreach (var drug in several) Say(asked, family, drugs, draft, drug);
            else Say(asked, family, drugs, draft);
        if (draft.IsEmpty) return null;
        if (asked.Drugs.Exists(static drug => drug.Vaccine is null)) draft.SayRule("INJ-070").SayRule("INJ-002");
        SayVisit(asked, draft);
        foreach (var rule in row.Rules) draft.SayRule(rule);
        draft.Ask("payer");
        return ReplyKind.Answer;
    }

    /// <summary>The visit that the question has by its code.</summary>
    static void SayVisit(Inquiry asked, ReplyDraft draft)
    {
        if (asked.Has("denied")) return;
        foreach (var code in asked.Codes)
            if (asked.Book.TryCode(code, asked.Day, out var found)
                && found.Groups.HasAny(Group.Visit | Group.PreventiveVisit) && !found.Groups.HasAny(Group.NurseVisit))
                draft.FromQuestion("visit", code.ToString())
                    .Say($"{code} is billed beside them when its note shows a visit of its own").CiteRule("INJ-079");
    }

    /// <summary>Several vaccines of one day: the engine codes as many as the question counts.</summary>
    public static ReplyKind? Several(Inquiry asked, IntentRow row, ReplyDraft draft)
    {
        var count = asked.Count is > 1 and <= 5 ? asked.Count.Value : 2;
        if (asked.Payer is PayerKind.Medicare or PayerKind.MedicareAdvantage) return null;
        var given = new List<Administration>();
        foreach (var drug in asked.Book.Drugs)
        {
            if (given.Count == count) break;
            if (drug.Vaccine is not { Family: "hepatitis-a" or "hepatitis-b" or "mmr" or "varicella" or "tdap" or "zoster" or "influenza" } facts
                || !asked.Book.TryCode(facts.Code, asked.Day, out _))
                continue;
            var each = Trial.Of(asked, drug, default, new(0.5m, MeasureUnit.Ml));
            each.Route = Route.Im;
            given.Add(each);
        }
        var (payer, age) = (asked.Payer, asked.Age);
        if (asked.Payer == PayerKind.None) asked.Payer = PayerKind.Commercial;
        asked.Age ??= asked.IsCounseled ? 5 : 40;
        var visit = Trial.Code(asked, [.. given]);
        (asked.Payer, asked.Age) = (payer, age);
        var lines = Trial.Lines(visit, drugs: false);
        if (lines.Count == 0) return null;
        var number = count.ToString(System.Globalization.CultureInfo.InvariantCulture);
        draft.FromQuestion("vaccines", number)
            .Say($"{number} injected vaccines, {(asked.IsCounseled ? "a child with counseling" : "without counseling or an adult")}, "
            + $"not Medicare: {string.Join(" and ", lines.ConvertAll(line => DrugAnswer.StateService(asked, line, draft)))}");
        foreach (var rule in row.Rules) draft.SayRule(rule);
        DrugAnswer.CiteSteps(visit, draft);
        return ReplyKind.Answer;
    }

    /// <summary>The vaccines of a family that are named, or the one that it names: two brands are two vaccines.
    /// </summary>
    static List<Drug> DrugsOf(Inquiry asked, string family)
    {
        var named = new List<Drug>();
        for (var i = 0; i < asked.Drugs.Count; i++)
            if (asked.Drugs[i].Vaccine is { } said && said.Family == family && IsBrand(asked.DrugNames[i], family)
                && (asked.Route == Route.None || IsByRoute(asked, said))) named.Add(asked.Drugs[i]);
        return named.Count > 1 ? named : DrugOf(asked, family) is { } one ? [one] : [];
    }

    /// <summary>A name that is no other word for the family, such as "flu" beside "Fluzone".</summary>
    static bool IsBrand(string said, string family) =>
        !Array.Exists(FindWords.Joined(said).Split(' '), word => word is "flu" or "covid" or "pneumonia" or "shingles"
            or "hep" or "shot" or "vaccine" or "vax" or "booster" || family.Contains(word, StringComparison.Ordinal));

    static Drug? DrugOf(Inquiry asked, string family) =>
        asked.Drugs.Find(drug => drug.Vaccine is { } said && said.Family == family
                && (asked.Route == Route.None || IsByRoute(asked, said)))
            ?? asked.Book.Drugs.FirstOrDefault(drug => drug.Vaccine is { } vaccine && vaccine.Family == family
                && IsByRoute(asked, vaccine) && asked.Book.TryCode(vaccine.Code, asked.Day, out _));

    /// <summary>A vaccine for the nose or the mouth only where that is said.</summary>
    static bool IsByRoute(Inquiry asked, VaccineFacts vaccine) => vaccine.Route switch
    {
        "nasal" => asked.Route == Route.Intranasal, "oral" => asked.Route is Route.Oral,
        _ => !Inquiry.IsNotInjected(asked.Route),
    };

    /// <param name="all">The vaccines of the day: the codes for giving them depend on how many there are.</param>
    static void Say(Inquiry asked, string family, List<Drug> all, ReplyDraft draft, Drug? of = null)
    {
        if ((of ?? DrugOf(asked, family)) is not { Vaccine: { } facts } drug || Doubts.Stand(asked, draft)) return;
        if (all.Count == 1 && asked.Route != Route.None && Inquiry.IsNotInjected(asked.Route)
            != (facts.Route is "nasal" or "oral"))
        {
            draft.SayRule("INJ-066").AskAgain("route");
            return;
        }
        draft.State(facts.Code.ToString(), "vaccine", $"{family}, Medicare part {facts.Part}", DateRange.Always,
            asked.Book.Version);
        if (asked.Payer is PayerKind.Medicare or PayerKind.MedicareAdvantage && facts.Part == "D")
        {
            draft.Say($"No, not under Part B: the {family} vaccine and giving it are Part D, billed to the drug plan")
                .SayRule("INJ-067");
            return;
        }
        if (asked.Payer == PayerKind.Medicare && facts.Part is not "B" and not "D")
            draft.Say("Part B pays it after an injury; otherwise it is Part D").SayRule("INJ-067").Ask("diagnosis");
        if (asked.IsCounseled) asked.Age ??= ChildAge; // counted for children alone
        if (asked.Payer == PayerKind.None && (asked.Has("child-word") || asked.IsCounseled || asked.Age < Adult))
        {
            asked.Age ??= ChildAge;
            SayFor(asked, all, PayerKind.Commercial, asked.IsCounseled ? "A child, with counseling"
                : "A child, without charted counseling", draft);
            draft.SayRule("INJ-066");
        }
        else if (asked.Payer == PayerKind.None)
        {
            SayFor(asked, [drug], PayerKind.Medicare, "For Medicare", draft);
            SayFor(asked, all, PayerKind.Commercial, "For other payers, an adult", draft);
            draft.CiteRule("INJ-066").Ask("age");
        }
        else SayFor(asked, asked.Payer == PayerKind.Medicare ? [drug] : all, asked.Payer, "Giving it", draft);
        SayProduct(asked, drug, facts, draft);
    }

    static void SayProduct(Inquiry asked, Drug drug, VaccineFacts facts, ReplyDraft draft)
    {
        if (asked.Drugs.Contains(drug) && asked.Book.TryCode(facts.Code, asked.Day, out var product))
            draft.State(facts.Code.ToString(), "product", asked.Book.LabelOf(product), product.Dates, product.Source)
                .Say($"The product is {facts.Code}");
    }

    /// <summary>A vaccine for the nose or the mouth is given so; any other as the question says, or injected.</summary>
    static Route RouteOf(Inquiry asked, Drug drug) => drug.Vaccine?.Route switch
    {
        "nasal" => Route.Intranasal, "oral" => Route.Oral,
        _ => asked.Route is Route.Sc or Route.Intradermal ? asked.Route : Route.Im,
    };

    static void SayFor(Inquiry asked, List<Drug> drugs, PayerKind payer, string words, ReplyDraft draft)
    {
        var (was, age) = (asked.Payer, asked.Age);
        asked.Payer = payer;
        if (payer == PayerKind.Medicare) asked.Age ??= 70;
        var given = drugs.ConvertAll(drug => Trial.Of(asked, drug, default, new(0.5m, MeasureUnit.Ml)));
        for (var i = 0; i < given.Count; i++) given[i].Route = RouteOf(asked, drugs[i]);
        var visit = Trial.Code(asked, [.. given]);
        (asked.Payer, asked.Age) = (was, age);
        var lines = Trial.Lines(visit, drugs: false);
        if (lines.Count == 0) return;
        draft.Say($"{words}: {string.Join(" and ", lines.ConvertAll(line => DrugAnswer.StateService(asked, line, draft)))}");
        foreach (var line in lines) draft.CiteTable("HCP26", line.Code.ToString());
        DrugAnswer.CiteSteps(visit, draft);
        draft.CiteRule("INJ-067");
    }
}
