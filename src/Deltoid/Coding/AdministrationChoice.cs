using Deltoid.Codes;
using Deltoid.Findings;
using Deltoid.Traces;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>
/// What giving each drug is billed as: first whether it is billed at all, then the substance, then route and target
/// (INJ-001: substance, route, purpose, place).
/// </summary>
internal static class AdministrationChoice
{
    public static void Choose(Case visit, Given given)
    {
        if (!IsBillable(visit, given) || !IsOursToBill(visit, given)) return;
        given.Service = Bundles.Choose(visit, given);
        if (given.Service == Service.None && given.BillsAdministration) given.Service = BySubstance(visit, given);
        if (given.Service == Service.None && given.BillsAdministration) given.Service = ByRoute(visit, given);
    }

    /// <summary>Given by staff, to this patient, as a service of its own.</summary>
    static bool IsBillable(Case visit, Given given)
    {
        var charted = given.Charted;
        if (charted.Given == false) return Off(visit, given, Questions.Given, CodingFindings.NotGiven, Field.Given);
        if (!Fluids.IsBillable(visit, given) || Fluids.TakeFlushAlone(visit, given)) return false;
        if (charted.Performer is StaffRole.Patient or StaffRole.Caregiver && !Bundles.IsWatched(given))
        {
            if (visit.Profile.IsMedicare || charted.Source != DrugSource.Stock) given.BillsDrug = false;
            given.BillsAdministration = false;
            visit.Ask(given, Questions.SelfGiven, Answer.No, given.At(Field.Performer));
            visit.Say(CodingFindings.SelfGiven, given.At(Field.Performer), Case.Name(given));
            return false;
        }
        if (charted.Purpose == Purpose.Cosmetic)
            return Off(visit, given, Questions.Cosmetic, CodingFindings.Cosmetic, Field.Purpose);
        if (charted.Purpose is Purpose.Anesthesia or Purpose.PartOfProcedure or Purpose.PostProcedure
            || IsLineCare(charted.Purpose))
        {
            // a hospital's claim keeps the drug line: OPPS says whether it is packaged
            var keepsLine = visit.Institutional && !IsLineCare(charted.Purpose)
                && given.Class is not (DrugClass.LocalAnesthetic or DrugClass.Diluent);
            var info = keepsLine ? CodingFindings.DrugKeepsLine : CodingFindings.Integral;
            Off(visit, given, Questions.Integral, info, Field.Purpose, Arg.Of(charted.Purpose));
            given.BillsDrug = keepsLine;
            return false;
        }
        var underTheSkin = charted.Route is Route.Im or Route.Sc or Route.Intradermal or Route.None or Route.Topical;
        if (given.Class == DrugClass.Diluent || (given.Class == DrugClass.LocalAnesthetic && underTheSkin))
            return Off(visit, given, Questions.Anesthetic, CodingFindings.Anesthetic, Field.Drug,
                Arg.Class((byte)given.Class));
        if (given.Class == DrugClass.LocalAnesthetic
            && charted.Route is not (Route.Iv or Route.IvPush or Route.IvInfusion))
        {
            // into a joint or beside a nerve: the procedure is billed, the anesthetic is in it
            given.BillsDrug = false;
            visit.Ask(given, Questions.Anesthetic, Answer.Yes, given.At(Field.Drug), Case.Name(given),
                Arg.Class((byte)given.Class));
            visit.Say(CodingFindings.Anesthetic, given.At(Field.Drug), Case.Name(given), Arg.Class((byte)given.Class));
        }
        return true;
    }

    /// <summary>What keeps the line usable or carries another drug.</summary>
    static bool IsLineCare(Purpose purpose) => purpose is Purpose.Flush or Purpose.KeepOpen or Purpose.Vehicle;

    static bool Off(Case visit, Given given, Question question, FindingInfo info, Field field, Arg detail = default)
    {
        given.BillsDrug = given.BillsAdministration = false;
        visit.Ask(given, question, question == Questions.Given ? Answer.No : Answer.Yes, given.At(field),
            detail.Kind == ArgKind.Purpose ? detail : Case.Name(given), detail);
        visit.Say(info, given.At(field), Case.Name(given), detail);
        return false;
    }

    /// <summary>Place and supervision: whether this claim is the one that bills it.</summary>
    static bool IsOursToBill(Case visit, Given given) => Places.Bills(visit, given) && Staff.IsSupervised(visit, given);

    /// <summary>
    /// Procedures with a facility price of their own (joint, nerve, eye …), unlike injections, infusions and vaccines.
    /// </summary>
    internal static bool IsPaidInFacility(Route route, DrugClass drugClass) =>
        route is Route.IntraArticular or Route.TendonSheath or Route.TriggerPoint or Route.Perineural or Route.Epidural
            or Route.Intravitreal or Route.Subconjunctival or Route.SubTenon or Route.Retrobulbar or Route.Intralesional
            or Route.Intradetrusor or Route.Implant or Route.Intravesical or Route.Intrathecal or Route.Intraventricular
            or Route.Intraperitoneal or Route.Intrapleural or Route.Intracavernosal or Route.Intracameral
            or Route.Intracanalicular || drugClass is DrugClass.Toxin or DrugClass.Implant;

    static Service BySubstance(Case visit, Given given)
    {
        var charted = given.Charted;
        var name = Case.Name(given);
        if (given.Class == DrugClass.Vaccine)
        {
            visit.Ask(given, Questions.Vaccine, Answer.Yes, given.At(Field.Drug), name, Arg.Class((byte)given.Class));
            return Service.Vaccine;
        }
        visit.Ask(given, Questions.Vaccine, Answer.No, given.At(Field.Drug), name, Arg.Class((byte)given.Class));
        switch (given.Class)
        {
            case DrugClass.RsvAntibody: return Branch(visit, given, Questions.Rsv, Service.Rsv, name);
            case DrugClass.SkinTest: return Branch(visit, given, Questions.SkinTest, Service.SkinTest, name);
            case DrugClass.Allergen: return Branch(visit, given, Questions.Allergen, Service.Allergen, Arg.Count(1));
            case DrugClass.Implant when OwnRoutes.Choose(visit, given, Route.Implant) is { } implant: return implant;
            case DrugClass.Contrast: return Held(visit, given, CodingFindings.NoAdministrationCode);
            case DrugClass.CovidAntibody: return Held(visit, given, CodingFindings.AdministrationHeld);
            case DrugClass.Toxin when charted.Route is Route.Im or Route.None or Route.Sc or Route.Intradermal
                or Route.Intradetrusor:
                return Branch(visit, given, Questions.Target, Service.Toxin, name);
        }
        if (charted.Container == ContainerKind.OnBody)
            return Branch(visit, given, Questions.OnBody, Service.OnBody, Arg.Of(charted.Container));
        return charted.Purpose == Purpose.Declotting ? Service.Declotting : Service.None;
    }

    static Service Branch(Case visit, Given given, Question question, Service service, Arg fact)
    {
        visit.Ask(given, question, Answer.Yes, given.At(Field.Drug), fact);
        return service;
    }

    static Service Held(Case visit, Given given, FindingInfo info)
    {
        given.BillsAdministration = false;
        visit.Say(info, given.At(Field.Drug), Case.Name(given), Arg.Of(given.Charted.Route));
        return Service.None;
    }

    static Service ByRoute(Case visit, Given given)
    {
        var route = given.Charted.Route;
        if (route == Route.None)
        {
            visit.Ask(given, Questions.Route, Answer.Unknown, given.At(Field.Route));
            return Held(visit, given, CodingFindings.RouteNotCharted);
        }
        visit.Ask(given, Questions.Route, Answer.Value, given.At(Field.Route), Arg.Of(route));
        CheckLabelRoute(visit, given);
        if (OwnRoutes.Choose(visit, given, route) is { } own) return own;
        if (route is Route.Im or Route.Sc && Contradicted(visit, given) is { } other) return other;
        return route switch
        {
            Route.Im or Route.Sc or Route.Intradermal => Inject(visit, given),
            Route.ScInfusion when given.Minutes is > 15 => Service.ScInfusion,
            Route.ScInfusion when given.Minutes is null => Untimed(visit, given),
            Route.ScInfusion => Inject(visit, given),
            Route.Iv or Route.IvPush or Route.IvInfusion => Service.Intravenous,
            Route.IntraArterial => Service.IntraArterial,
            Route.IntraArticular => Service.Joint,
            Route.TendonSheath => Service.Tendon,
            Route.TriggerPoint => Service.TriggerPoint,
            Route.Perineural => Service.Nerve,
            Route.Epidural or Route.Intrathecal => Service.Epidural,
            Route.Intravitreal or Route.Subconjunctival or Route.SubTenon or Route.Retrobulbar => Service.Eye,
            Route.Intralesional => Service.Intralesional,
            _ => NotInjected(visit, given),
        };
    }

    /// <summary>
    /// An injection charted into the muscle or under the skin whose place is of another kind: a trigger point has a
    /// code of its own, and of a joint or a nerve the chart must say which of the two is right. The site decides, and
    /// the target only where no site is charted: a drug into the gluteal may treat a knee. Null where nothing
    /// contradicts.
    /// </summary>
    static Service? Contradicted(Case visit, Given given)
    {
        if (BodySite.HasTerm(visit.Book, "service", "trigger-point", given.Words)) return Service.TriggerPoint;
        if (given.Indication.Contains("trigger point injection", StringComparison.Ordinal)) return Service.TriggerPoint;
        if (IsInfiltrated(given) || !BodySite.HasTerm(visit.Book, "service", "structure", given.Site)) return null;
        visit.Ask(given, Questions.Target, Answer.Unknown, given.At(Field.Site));
        return Held(visit, given, CodingFindings.RouteOrSite);
    }

    /// <summary>Made to be put around a wound, wherever that is: rabies immune globulin.</summary>
    static bool IsInfiltrated(Given given)
    {
        if (given.Drug is not { } drug) return false;
        foreach (var route in drug.Routes)
            if (route == Route.Infiltration) return true;
        return false;
    }

    /// <summary>
    /// Swallowed, inhaled, put on: nothing is billed for giving it, and an injection's code is not that of the
    /// drug.
    /// </summary>
    static Service NotInjected(Case visit, Given given)
    {
        var fits = given.Charted.Route switch
        {
            // oral anti-cancer and anti-emetic codes
            Route.Oral or Route.Sublingual => IsIn(Group.OralDrug),
            Route.Inhaled => IsIn(Group.InhaledDrug),
            Route.Intranasal or Route.Topical or Route.Rectal => IsOnlyRoute(given),
            _ => true,
        };
        if (!fits && !given.Hcpcs.IsNone && given.Charted.Hcpcs != given.Hcpcs)
        {
            given.BillsDrug = false;
            visit.Say(CodingFindings.InjectionCodeDoesNotFit, given.At(Field.Route), Arg.Of(given.Hcpcs),
                Arg.Of(given.Charted.Route));
        }
        return Held(visit, given, CodingFindings.NoAdministrationCode);

        bool IsIn(CodeGroups group) =>
            visit.Book.TryCode(given.Hcpcs, visit.Date, out var row) && row.Groups.HasAny(group);
    }

    /// <summary>The drug is made for this route alone, so its code is for this product.</summary>
    static bool IsOnlyRoute(Given given) =>
        given.Drug is { Routes.Count: 1 } drug && drug.Routes[0] == given.Charted.Route;

    static Service Untimed(Case visit, Given given)
    {
        visit.Say(CodingFindings.StopNotCharted, given.At(Field.Stop), Case.Name(given));
        return Inject(visit, given);
    }

    /// <summary>INJ-002 to INJ-008, INJ-033, INJ-036: which injection code, by class, payer and diagnosis.</summary>
    static Service Inject(Case visit, Given given)
    {
        if (IsPrevention(visit, given))
        {
            given.AdministrationCode = visit.Profile.PrepCode ? Known.G0012 : Known.Injection;
            if (visit.Profile.PrepCode)
                visit.Ask(given, Questions.Prep, Answer.Yes, given.At(Field.Purpose), Case.Name(given));
        }
        else
        {
            given.AdministrationCode = given.Class switch
            {
                DrugClass.Antineoplastic or DrugClass.Complex => Known.ComplexInjection,
                DrugClass.HormonalAntineoplastic => Known.HormonalInjection,
                _ => Known.Injection,
            };
            if (given.Class is DrugClass.Complex
                || (given.Class is DrugClass.Antineoplastic && !visit.HasNeoplasm(given)))
                visit.Say(CodingFindings.ComplexByPayer, given.At(Field.Drug), Case.Name(given));
        }
        visit.Ask(given, Questions.Injection, Answer.Value, given.At(Field.Drug), Case.Name(given),
            Arg.Class((byte)given.Class), Arg.Of(given.AdministrationCode));
        return Service.Injection;
    }

    static bool IsPrevention(Case visit, Given given)
    {
        if (given.Class != DrugClass.Prep && given.Charted.Purpose != Purpose.Prep) return false;
        if (given.Charted.Purpose is Purpose.Prep or Purpose.Prophylactic) return true;
        foreach (var code in given.Charted.Diagnoses.Count > 0 ? given.Charted.Diagnoses : visit.Encounter.Diagnoses)
            if (code == Known.HivInfection) return false;
        return true;
    }

    static void CheckLabelRoute(Case visit, Given given)
    {
        if (given.Drug is not { } drug || !IsOffLabel(given, drug)) return;
        visit.Say(CodingFindings.RouteOffLabel, given.At(Field.Route), Arg.Drug(drug.Index),
            Arg.Of(given.Charted.Route));
    }

    static bool IsOffLabel(Given given, Drug drug)
    {
        if (!DrugChoice.IsGivenBy(drug, given.Charted.Route)) return true;
        foreach (var row in drug.Doses)
        {
            if (row.RoutesOnly.Length == 0 || !DrugChoice.IsOfBrand(given, row.Brand)) continue;
            if (!DrugChoice.HasRoute(row.RoutesOnly, given.Charted.Route)) return true;
        }
        return false;
    }
}
