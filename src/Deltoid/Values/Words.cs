namespace Deltoid.Values;

/// <summary>The words of one vocabulary: how each value is written, and what else people write for it.</summary>
public sealed class Vocabulary<T> where T : struct, Enum
{
    readonly Dictionary<string, T> known = [];
    readonly Dictionary<T, string> written = [];

    /// <param name="name">What the vocabulary is called in a message: <c>route</c>.</param>
    /// <param name="words">Per value: its written form first, then synonyms, blank-separated (a blank within a word is written _).</param>
    public Vocabulary(string name, params ReadOnlySpan<(T Value, string Words)> words)
    {
        Name = name;
        foreach (var (value, list) in words)
            foreach (var word in list.Split(' '))
            {
                written.TryAdd(value, word);
                known.TryAdd(Folded(word), value);
            }
    }

    public string Name { get; }

    /// <summary>The written form, in kebab case.</summary>
    public string this[T value] => written.TryGetValue(value, out var word) ? word : "";

    public IEnumerable<string> All => written.Values;

    /// <summary>Tolerates case, blanks, hyphens, underscores, slashes and dots.</summary>
    public bool TryRead(string text, out T value) => known.TryGetValue(Folded(text), out value);

    static string Folded(string text)
    {
        if (text.Length > 64) return text;
        Span<char> folded = stackalloc char[64];
        var length = 0;
        foreach (var c in text) if (c is not (' ' or '-' or '_' or '/' or '.' or '\'' or '(' or ')')) folded[length++] = char.ToLowerInvariant(c);
        return new string(folded[..length]);
    }
}

public enum PayerKind : byte { None, Medicare, MedicareAdvantage, Medicaid, Commercial, WorkersComp, Tricare, SelfPay }

public enum Setting : byte { None, Professional, Facility }

public enum Sex : byte { None, Female, Male, Other }

public enum Route : byte
{
    None, Im, Sc, Iv, IvPush, IvInfusion, ScInfusion, IntraArterial, Intradermal, IntraArticular, TendonSheath, Intralesional, Intravitreal, Subconjunctival, SubTenon, Retrobulbar,
    TriggerPoint, Perineural, Epidural, Intrathecal, Intracavitary, Intravesical, Intradetrusor, Implant, Percutaneous, Oral, Sublingual, Intranasal, Inhaled, Topical, Rectal, Intracavernosal,
}

public enum ContainerKind : byte { None, SingleDose, MultiDose, PrefilledSyringe, Kit, OnBody }

public enum Purpose : byte
{
    None, Therapeutic, Prophylactic, Diagnostic, Hydration, Vaccine, Chemotherapy, Anesthesia, PartOfProcedure, PostProcedure, Premedication, Prep, Desensitization, Cosmetic, Declotting, Flush, Wellness,
}

public enum DrugSource : byte { None, Stock, PatientSupplied, SpecialtyPharmacy, Sample, Vfc, Discount340B, Study }

public enum Supervision : byte { None, OnSite, Video, Audio, General, Unsupervised }

public enum StaffRole : byte { None, Physician, Np, Pa, Rn, Lpn, Ma, Pharmacist, Resident, Patient, Caregiver, Other }

/// <summary>The vocabularies that charts and claims share.</summary>
public static class Words
{
    public static readonly Vocabulary<PayerKind> PayerKinds = new("payer kind",
        (PayerKind.Medicare, "medicare medicareb medicarepartb medicareffs mcr medicarefeeforservice originalmedicare traditionalmedicare"),
        (PayerKind.MedicareAdvantage, "medicare-advantage ma medicarec medicarepartc mapd medicarereplacement"),
        (PayerKind.Medicaid, "medicaid mcd managedmedicaid medicaidmco"),
        (PayerKind.Commercial, "commercial private com bcbs ppo hmo commercialinsurance employer exchange uhc aetna cigna"),
        (PayerKind.WorkersComp, "workers-comp wc workerscompensation workcomp workmanscomp"),
        (PayerKind.Tricare, "tricare va champva vaccn"),
        (PayerKind.SelfPay, "self-pay cash selfpay none uninsured patient"));

    public static readonly Vocabulary<Setting> Settings = new("setting",
        (Setting.Professional, "professional prof office physician clinic"),
        (Setting.Facility, "facility fac hospital institutional outpatienthospital hopd"));

    public static readonly Vocabulary<Sex> Sexes = new("sex", (Sex.Female, "F female woman"), (Sex.Male, "M male man"), (Sex.Other, "X other unknown u"));

    public static readonly Vocabulary<Route> Routes = new("route",
        (Route.Im, "im intramuscular intramuscularinjection iminjection deepim intramuscularly"),
        (Route.Sc, "sc subcutaneous subq subcut sq subcutaneousinjection subqinjection scinjection subcutaneously"),
        (Route.IvPush, "iv-push ivp intravenouspush ivbolus bolus slowivpush pushiv intravenousbolus"),
        (Route.IvInfusion, "iv-infusion intravenousinfusion infusion ivdrip ivpb piggyback ivpiggyback drip infusioniv"),
        (Route.Iv, "iv intravenous intravenously"),
        (Route.ScInfusion, "sc-infusion subcutaneousinfusion subqinfusion scig"),
        (Route.IntraArterial, "intra-arterial ia arterial"),
        (Route.Intradermal, "intradermal id"),
        (Route.IntraArticular, "intra-articular joint articular intraarticularinjection jointinjection bursa intrabursal bursal"),
        (Route.TendonSheath, "tendon-sheath tendon ligament peritendinous tendonorigin fascia plantarfascia softtissue tendoninsertion ligamentinjection carpaltunnel"),
        (Route.Intralesional, "intralesional lesion lesional"),
        (Route.Intravitreal, "intravitreal ivt vitreous intravitrealinjection"),
        (Route.Subconjunctival, "subconjunctival subconj"),
        (Route.SubTenon, "sub-tenon tenon posteriorsubtenon tenonscapsule"),
        (Route.Retrobulbar, "retrobulbar"),
        (Route.TriggerPoint, "trigger-point triggerpoints triggerpointinjection tpi musclebelly"),
        (Route.Perineural, "perineural nerveblock nerve peripheralnerveblock"),
        (Route.Epidural, "epidural interlaminarepidural"),
        (Route.Intrathecal, "intrathecal it lumbarpuncture"),
        (Route.Intracavitary, "intracavitary intrapleural intraperitoneal pleural peritoneal"),
        (Route.Intravesical, "intravesical bladderinstillation"),
        (Route.Intradetrusor, "intradetrusor detrusor"),
        (Route.Implant, "implant subdermal pellet insertion subcutaneousimplant"),
        (Route.Percutaneous, "percutaneous prick scratch skinprick"),
        (Route.Oral, "oral po bymouth"),
        (Route.Sublingual, "sublingual sl"),
        (Route.Intranasal, "intranasal nasal in nasalspray"),
        (Route.Inhaled, "inhaled inhalation nebulized nebulizer"),
        (Route.Topical, "topical transdermal"),
        (Route.Rectal, "rectal pr"),
        (Route.Intracavernosal, "intracavernosal cavernosal intracavernous penile"));

    public static readonly Vocabulary<ContainerKind> Containers = new("container",
        (ContainerKind.SingleDose, "single-dose sdv singledosevial singleuse singleusevial ampule ampoule amp singledoseampule sdampule singlepatientuse bag premixedbag singledosecontainer"),
        (ContainerKind.MultiDose, "multi-dose mdv multidosevial multipledose multipledosevial multiuse multiusevial"),
        (ContainerKind.PrefilledSyringe, "prefilled-syringe pfs prefilled syringe prefilledsyringesingledose autoinjector auto-injector pen singledosepen cartridge prefilledpen singledosesyringe"),
        (ContainerKind.Kit, "kit singledosekit"),
        (ContainerKind.OnBody, "on-body obi onbodyinjector onpro onbodydevice wearable"));

    public static readonly Vocabulary<Purpose> Purposes = new("purpose",
        (Purpose.Therapeutic, "therapeutic treatment therapy"),
        (Purpose.Prophylactic, "prophylactic prophylaxis preventive prevention contraception contraceptive"),
        (Purpose.Diagnostic, "diagnostic test diagnosis"),
        (Purpose.Hydration, "hydration fluids rehydration"),
        (Purpose.Vaccine, "vaccine vaccination immunization immunisation"),
        (Purpose.Chemotherapy, "chemotherapy chemo antineoplastic"),
        (Purpose.Anesthesia, "anesthesia anaesthesia localanesthesia local anesthetic sedation"),
        (Purpose.PartOfProcedure, "part-of-procedure procedure integral partofprocedure procedural"),
        (Purpose.PostProcedure, "post-procedure postprocedure postoperative postop postoperativepain"),
        (Purpose.Premedication, "premedication premed pre-treatment"),
        (Purpose.Prep, "prep hivprep preexposureprophylaxis hiv-prevention hivpreexposureprophylaxis"),
        (Purpose.Desensitization, "desensitization immunotherapy allergenimmunotherapy allergyshot allergyimmunotherapy"),
        (Purpose.Cosmetic, "cosmetic aesthetic"),
        (Purpose.Declotting, "declotting thrombolysis catheterclearance catheterocclusion declot"),
        (Purpose.Flush, "flush kvo linecare portflush catheterflush diluent vehicle"),
        (Purpose.Wellness, "wellness energy"));

    public static readonly Vocabulary<DrugSource> Sources = new("source",
        (DrugSource.Stock, "stock office buyandbill purchased clinicstock practice"),
        (DrugSource.PatientSupplied, "patient-supplied brownbag brown-bag patient patientsown ownsupply"),
        (DrugSource.SpecialtyPharmacy, "specialty-pharmacy whitebag white-bag pharmacy pharmacysupplied payersupplied"),
        (DrugSource.Sample, "sample samples manufacturersample free freesample"),
        (DrugSource.Vfc, "vfc vaccinesforchildren statesupplied state"),
        (DrugSource.Discount340B, "340b"),
        (DrugSource.Study, "study clinicaltrial trial research"));

    public static readonly Vocabulary<Supervision> Supervisions = new("supervision",
        (Supervision.OnSite, "on-site onsite direct inperson insuite inoffice present"),
        (Supervision.Video, "video virtual audiovideo telehealth realtimevideo audio-video"),
        (Supervision.Audio, "audio audioonly phone telephone"),
        (Supervision.General, "general offsite available"),
        (Supervision.Unsupervised, "none unsupervised absent notpresent"));

    public static readonly Vocabulary<StaffRole> Roles = new("role",
        (StaffRole.Physician, "md physician do doctor dpm mddo provider"),
        (StaffRole.Np, "np nursepractitioner aprn arnp cnp fnp crnp cnm cns"),
        (StaffRole.Pa, "pa physicianassistant pac"),
        (StaffRole.Rn, "rn nurse registerednurse bsn"),
        (StaffRole.Lpn, "lpn lvn practicalnurse"),
        (StaffRole.Ma, "ma medicalassistant cma rma ccma"),
        (StaffRole.Pharmacist, "pharmacist rph pharmd"),
        (StaffRole.Resident, "resident intern fellow"),
        (StaffRole.Patient, "patient self selfadministered"),
        (StaffRole.Caregiver, "caregiver family parent spouse"),
        (StaffRole.Other, "other technician tech emt paramedic"));
}
