using Deltoid.Claims;
using Deltoid.Codes;
using Deltoid.Coding;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Results;
using Deltoid.Values;

namespace Deltoid.Asking;

internal static partial class DrugAnswer
{
    static readonly (Route Route, string Words, string Spanish)[] Routes =
    [
        (Route.Im, "into a muscle", "given-im"), (Route.Sc, "under the skin", "given-sc"),
        (Route.IvPush, "as a push into a vein", "given-push"),
        (Route.IvInfusion, "as an infusion into a vein", "given-infusion"),
        (Route.Intravitreal, "into the eye", "given-eye"), (Route.Implant, "as an implant", "given-any"),
    ];

    /// <summary>
    /// The codes for giving it: by the route of the question, else by each of the drug's own routes that decide by
    /// themselves. An infusion needs its minutes, a joint or a nerve its target. While something that decides was not
    /// understood, none is stated.
    /// </summary>
    static void SayGiving(Inquiry asked, List<Subject> subjects, ReplyDraft draft)
    {
        if (asked.Codes.Find(code => IsOtherService(asked, code)) is { IsNone: false } other)
        {
            if (asked.Routes.Overlaps([Route.Im, Route.Sc])) PairAnswer.Say(asked, other, Known.Injection, draft);
            return;
        }
        var isJoint = asked.Has("joint-target") && asked.Route is Route.None;
        var isAsked = asked.Has("give-word") || asked.Has("or-codes") || asked.Has("is:Injection")
            || asked.Has("is:VaccineAdministration");
        if (!isJoint && !isAsked && asked.Routes.Count == 0 && asked.Minutes is null) return;
        if (Doubts.Stand(asked, draft)) return;
        if (asked.Has("class:Toxin") && asked.Has("code-asked") && !asked.Has("toxin-why")) draft.Ask("site");
        if (isJoint && SayTwoJoints(asked, subjects, draft)) return;
        if (isJoint && subjects[0].Drug is not null)
        {
            SayByRoute(asked, subjects, Route.IntraArticular, draft);
            draft.SayRule("INJ-015").Ask("site");
            if (asked.Has("bilateral-word")) draft.SayRule("INJ-016");
            if (asked.Has("guidance-word")) draft.SayRule("INJ-017");
        }
        else if (asked.Routes.Count > 1) SayEachRoute(asked, subjects, draft);
        else if (asked.Route != Route.None) SayByRoute(asked, subjects, asked.Route, draft);
        else if (subjects.Count > 1) draft.Ask("route");
        else if (subjects[0].Drug is { } drug
            && drug.Classes is not [{ Class: DrugClass.Toxin or DrugClass.Vaccine }, ..])
            SayByOwnRoutes(asked, subjects, drug, draft);
        if (subjects.Exists(static subject => IsOfPayer(subject.Drug))) draft.SayRule("INJ-007").Ask("payer");
    }

    /// <summary>Complex to some payers, simple to others.</summary>
    static bool IsOfPayer(Drug? drug) => drug is not null
        && drug.Classes.Any(static row => row.Class == DrugClass.Complex)
        && drug.Classes.Any(static row => row.Class == DrugClass.Simple);

    /// <summary>Several routes of one drug: what holds for each. Of several drugs it is not known which went where.</summary>
    static void SayEachRoute(Inquiry asked, List<Subject> subjects, ReplyDraft draft)
    {
        if (asked.RouteOfDrug.Count == subjects.Count && subjects.Count > 1)
        {
            SayByRoute(asked, subjects, Route.None, draft);
            return;
        }
        if (subjects.Count == 1)
            foreach (var (route, _, _) in Routes)
                if (asked.Routes.Contains(route)) SayByRoute(asked, subjects, route, draft);
        draft.Ask("route");
    }

    /// <summary>A service of the question by which the drug is given, such as a nerve block.</summary>
    static bool IsOtherService(Inquiry asked, Code code) => asked.Book.TryCode(code, asked.Day, out var row)
        && row.Kind == CodeKind.Procedure && row.Groups.HasAny(Group.JointInjection | Group.NerveBlock);

    /// <summary>
    /// The routes of the brand that was said, where its label has its own; those of the drug, unless the brand has a
    /// code of its own and the drug is also given into one place, so that it may be made for that.
    /// </summary>
    static List<Route> RoutesOf(Inquiry asked, Drug drug)
    {
        var said = asked.DrugNames[asked.Drugs.IndexOf(drug)];
        foreach (var row in drug.Doses)
            if (row.RoutesOnly.Length > 0 && row.Brand.Length > 0 && Lists(row.Brand, said))
                return [.. row.RoutesOnly.Split(' ').Select(static name =>
                    Words.Routes.TryRead(name, out var route) ? route : Route.None)];
        var isLocal = drug.Routes.Count > 1 && drug.Routes.Any(static route =>
                route is Route.IntraArticular or Route.Intralesional or Route.Intravitreal)
            && drug.Products.Any(product => Lists(product.Brand, said));
        return isLocal ? [] : [.. drug.Routes];
    }

    /// <summary>What holds by each of its routes, where the question says none; a joint that is named may be the reason
    /// or the place, so that it is asked.</summary>
    static void SayByOwnRoutes(Inquiry asked, List<Subject> subjects, Drug drug, ReplyDraft draft)
    {
        var own = RoutesOf(asked, drug);
        if (own.Count == 1 && own[0] is Route.IntraArticular) SayJoint(asked, subjects, draft);
        foreach (var (route, _, _) in Routes)
            if (own.Contains(route) && (!IsTimed(route) || asked.Minutes is not null))
                SayByRoute(asked, subjects, route, draft);
        if (own.Exists(IsTimed) && asked.Minutes is null) SayTimed(draft);
        if (own.Count != 1) draft.Ask("route");
    }

    /// <summary>Made for joints alone: the code is that of the joint, where one is named.</summary>
    static void SayJoint(Inquiry asked, List<Subject> subjects, ReplyDraft draft)
    {
        SayByRoute(asked, subjects, Route.IntraArticular, draft);
        draft.Say("It is made for a joint: giving it is the code of that joint, never that of a shot")
            .CiteRule("INJ-015").Ask("site");
    }

    static bool IsTimed(Route route) => route is Route.IvInfusion or Route.Iv or Route.ScInfusion;

    static void SayTimed(ReplyDraft draft) => draft.SayRule("INJ-009").SayRule("INJ-011").Ask("minutes");

    /// <summary>How services beside the initial one of the question are coded.</summary>
    static void SayBeside(ReplyDraft draft) => draft.SayRule("INJ-050").SayRule("INJ-058").SayRule("INJ-056");

    static void SayByRoute(Inquiry asked, List<Subject> subjects, Route route, ReplyDraft draft)
    {
        var isKnown = asked.MinutesOf.Length == subjects.Count && subjects.Count > 1;
        if (HasOtherInitial(asked, subjects, route) && !isKnown)
        {
            SayBeside(draft);
            return;
        }
        var isShared = asked.Minutes is not null && subjects.Count > 1 && !isKnown; // the minutes of one of them
        if (IsUntimed(asked, route, isKnown) || (isShared && (IsTimed(route) || route == Route.IvPush)))
        {
            SayTimed(draft);
            return;
        }
        var given = new Administration[subjects.Count];
        for (var i = 0; i < given.Length; i++)
        {
            given[i] = GivenOf(asked, subjects[i]);
            given[i].Route = route == Route.None ? asked.RouteOfDrug[i] : route;
            if (isKnown) given[i].ChartedMinutes = asked.MinutesOf[i];
            given[i].Site = given[i].Route is Route.Im or Route.Sc ? i == 0 ? "left deltoid" : "right deltoid"
                : given[i].Site + JointOf(asked);
        }
        var visit = Trial.Code(asked, given);
        if (SayOtherRoute(visit, draft) || SayByDisease(asked, subjects, given, draft)) return;
        var lines = Trial.Lines(visit, drugs: false);
        if (lines.Count == 0) return;
        if (HasOtherInitial(asked, subjects, route) && !lines.Exists(line => asked.Codes.Contains(line.Code)))
        {
            SayBeside(draft); // the initial service of the question is of a drug that it does not name
            return;
        }
        var words = Array.Find(Routes, r => r.Route == route) is { Words: { } said, Spanish: { } name }
            ? Spanish.Sentence(asked, name, $"{(asked.Routes.Contains(route) ? "Given" : "If it is given")} {said}")
            : Spanish.Sentence(asked, "given-any", "Giving it");
        draft.Say($"{words}: {string.Join(" and ", lines.ConvertAll(line => StateService(asked, line, draft)))}"
            + NotThose(asked, route, lines, draft));
        if (asked.Has("is:Hydration") && !lines.Exists(line => asked.Codes.Contains(line.Code)
            && asked.Book.TryCode(line.Code, asked.Day, out var row) && row.Groups.HasAny(Group.Hydration)))
            draft.SayRule("INJ-012");
        CiteSteps(visit, draft);
    }

    /// <summary>Codes for giving a drug that the question has, where the way it names has another one.</summary>
    static string NotThose(Inquiry asked, Route route, List<ServiceLine> lines, ReplyDraft draft)
    {
        if (asked.Route != route && route != Route.IntraArticular && asked.Drugs is not [{ Routes.Count: 1 }]) return "";
        var wrong = asked.Codes.FindAll(code => !lines.Exists(line => line.Code == code)
            && asked.Book.TryCode(code, asked.Day, out var row)
            && row.Groups.HasAny(Group.Injection | Group.InitialInfusion | Group.Hydration
                | Group.VaccineAdministration));
        foreach (var code in wrong) draft.Reckoned(code.ToString(), "asked", code.ToString());
        return wrong.Count == 0 ? "" : Spanish.Sentence(asked, "not-those", $", not {string.Join(" or ", wrong)}",
            string.Join(", ", wrong));
    }

    /// <summary>The question has the initial service by its code, and drugs beside it: theirs are none.</summary>
    static bool HasOtherInitial(Inquiry asked, List<Subject> subjects, Route route) => asked.Has("is:InitialInfusion")
        && (Inquiry.IsOfVein(route) || asked.RouteOfDrug.Exists(Inquiry.IsOfVein))
        && (subjects.Count > 1 || (asked.Has("is:ChemoAdministration") && subjects[0].Drug is { } drug
            && !drug.Classes.Any(static row => row.Class is DrugClass.Antineoplastic or DrugClass.Complex)));

    /// <summary>Whether a drug runs into a vein, and its minutes are not said.</summary>
    static bool IsUntimed(Inquiry asked, Route route, bool isKnown)
    {
        if (!isKnown) return asked.RouteOfDrug.Exists(IsTimed) || (IsTimed(route) && asked.Minutes is null);
        for (var i = 0; i < asked.MinutesOf.Length; i++)
            if (asked.MinutesOf[i] is null && IsTimed(route == Route.None ? asked.RouteOfDrug[i] : route)) return true;
        return false;
    }

    /// <summary>A route that the code book does not have for the drug: that is said, and no code.</summary>
    public static bool SayOtherRoute(CodedVisit visit, ReplyDraft draft)
    {
        foreach (ref readonly var finding in visit.Findings.Span)
            if (finding.Info == CodingFindings.RouteOffLabel)
            {
                SayFinding(visit, finding, draft);
                draft.AskAgain("route");
                return true;
            }
        return false;
    }

    /// <summary>A hormone is given by one code against cancer, and by another otherwise; the record says
    /// which.</summary>
    static bool SayByDisease(Inquiry asked, List<Subject> subjects, Administration[] given, ReplyDraft draft)
    {
        if (subjects.Count != 1 || asked.Diagnoses.Count > 0 || subjects[0].Drug is not { } drug) return false;
        var depends = false;
        foreach (var row in drug.Classes) depends |= row.NeedsNeoplasm;
        if (!depends) return false;
        var other = Trial.Lines(Trial.Code(asked, given), drugs: false);
        asked.Diagnoses.Add(Cancer);
        var cancer = Trial.Lines(Trial.Code(asked, given), drugs: false);
        asked.Diagnoses.Clear();
        if (other.Count == 0 || cancer.Count == 0 || other[0].Code == cancer[0].Code) return false;
        if (asked.Has("cancer-word") != asked.Has("benign-word"))
        {
            var line = asked.Has("cancer-word") ? cancer[0] : other[0];
            draft.Say($"For what it is given here, giving it is {StateService(asked, line, draft)}").SayRule("INJ-005");
            return true;
        }
        draft.Say($"Against cancer giving it is {StateService(asked, cancer[0], draft)}, for another reason "
            + StateService(asked, other[0], draft)).SayRule("INJ-005").CiteRule("INJ-006").Ask("diagnosis");
        return true;
    }

    /// <summary>A cancer whose place is not known: any will do, and none is said.</summary>
    static readonly Code Cancer = Code.Of("C801");

    static readonly (string Joint, string Spanish)[] Joints = [("knee", "rodilla"), ("shoulder", "hombro"),
        ("hip", "cadera"), ("elbow", "codo"), ("wrist", "muneca"), ("ankle", "tobillo")];

    static string JointOf(Inquiry asked) => Array.Find(Joints,
        named => asked.Text.Contains(named.Joint, StringComparison.Ordinal)
            || asked.Text.Contains(named.Spanish, StringComparison.Ordinal)).Joint ?? "";

    /// <summary>States a service's line and gives it as it is said.</summary>
    public static string StateService(Inquiry asked, in ServiceLine line, ReplyDraft draft)
    {
        var text = Trial.Said(line);
        if (draft.Service.IsNone) draft.Service = line.Code;
        if (asked.Book.TryCode(line.Code, asked.Day, out var row))
            draft.State(line.Code.ToString(), "line", text, row.Dates, row.Source);
        return text;
    }

    /// <summary>The rules by which the engine came to the lines of what was done.</summary>
    public static void CiteSteps(CodedVisit visit, ReplyDraft draft)
    {
        for (var i = 0; i < visit.Claim.Lines.Length; i++)
        {
            var code = visit.Claim.Lines[i].Code;
            if (!visit.Book.TryCode(code, visit.Claim.Lines[i].Date, out var row)
                || row.Kind != CodeKind.Procedure) continue;
            var steps = visit.StepsOf(visit.Claim.Lines[i].Number);
            for (var s = steps.Length - 1; s >= 0 && s >= steps.Length - 2; s--)
                if (visit.Trace.Steps[steps[s] - 1].Question.Rules.Split(' ') is [var first, ..]) draft.CiteRule(first);
        }
    }

    /// <summary>What the edits hold against paying it at all, such as a list of self-administered drugs.</summary>
    static void SayCoverage(Inquiry asked, List<Subject> subjects, ReplyDraft draft)
    {
        if (asked.Payer is not (PayerKind.Medicare or PayerKind.MedicareAdvantage)) return;
        foreach (var subject in subjects)
        {
            var given = GivenOf(asked, subject);
            if (given.Route == Route.None) given.Route = Route.Sc;
            var visit = Trial.Code(asked, given);
            if (subject.Dose.IsNone && IsSelfGiven(asked, subject)) draft.SayRule("INJ-208");
            foreach (ref readonly var finding in visit.Findings.Span)
                if (finding.Info.Rules.Split(' ').Contains("INJ-208")) SayFinding(visit, finding, draft);
        }
    }

    /// <summary>On the lists of drugs that patients give themselves, by name or by code.</summary>
    static bool IsSelfGiven(Inquiry asked, Subject subject)
    {
        if (subject.Drug is null) return false;
        if (subject.Drug.IsSelfAdministered) return true;
        foreach (var product in subject.Drug.Products)
            if (asked.Book.TryCode(product.Hcpcs, asked.Day, out var row)
                && row.Groups.HasAny(Group.SelfAdministered)) return true;
        return false;
    }

    public static void SayFinding(CodedVisit visit, in Finding finding, ReplyDraft draft)
    {
        var text = Sentence.Of(finding, visit.Claim, visit.Book.NameOf);
        draft.Reckoned(finding.Info.Id, "finding", text).Say(text);
        foreach (var rule in finding.Info.Rules.Split(' ', StringSplitOptions.RemoveEmptyEntries)) draft.CiteRule(rule);
    }
}
