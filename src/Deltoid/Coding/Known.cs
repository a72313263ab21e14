using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>The codes that the decision itself names.</summary>
internal static class Known
{
    static Code C(string text) => Code.Of(text);

    public static readonly Code Injection = C("96372"), ComplexInjection = C("96401"), HormonalInjection = C("96402"),
        OnBody = C("96377"), G0012 = C("G0012"), IntraArterialPush = C("96373"), IntraArterialChemoPush = C("96420"),
        IntraArterialChemoInfusion = C("96422"), IntraArterialChemoHour = C("96423"), Declotting = C("36593"),
        Fluoroscopy = C("77002"), InfusionFirst = C("96365"), InfusionMore = C("96366"),
        InfusionSequential = C("96367"), InfusionConcurrent = C("96368"), PushFirst = C("96374"), PushNew = C("96375"),
        PushAgain = C("96376"), HydrationFirst = C("96360"), HydrationMore = C("96361"), ChemoFirst = C("96413"),
        ChemoMore = C("96415"), ChemoSequential = C("96417"), ChemoPumpStart = C("96416"), ChemoPushFirst = C("96409"),
        ChemoPushNew = C("96411"), ScInfusionFirst = C("96369"), ScInfusionMore = C("96370"),
        VaccineCounseled = C("90460"), VaccineComponent = C("90461"), VaccineFirst = C("90471"),
        VaccineMore = C("90472"), VaccineOralFirst = C("90473"), VaccineOralMore = C("90474"),
        CovidVaccine = C("90480"), FluMedicare = C("G0008"), PneumococcalMedicare = C("G0009"),
        HepatitisBMedicare = C("G0010"), RsvCounseled = C("96380"), Rsv = C("96381"), AllergenOne = C("95115"),
        AllergenMore = C("95117"), TuberculinTest = C("86580"), TriggerFew = C("20552"), TriggerMany = C("20553"),
        LesionsFew = C("11900"), LesionsMany = C("11901"), LesionsChemoFew = C("96405"), LesionsChemoMany = C("96406"),
        Intravitreal = C("67028"), Subconjunctival = C("68200"), SubTenon = C("67515"), Retrobulbar = C("67500"),
        NurseVisit = C("99211"), ClinicVisit = C("G0463"), ComplexityAddOn = C("G2211"), Transfusion = C("36430"),
        PortFlush = C("96523"), HivInfection = C("B20"), OnDialysis = C("Z992"), Z23 = C("Z23");
}
