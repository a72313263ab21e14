namespace Deltoid.Values;

/// <summary>One value of a vocabulary: its written form first, then synonyms, blank-separated.</summary>
internal readonly record struct Word<T>(T Value, string Spellings) where T : struct, Enum;

/// <summary>The words of one vocabulary, whatever they mean.</summary>
internal abstract class Vocabulary(string name)
{
    /// <summary>What the vocabulary is called in a message: <c>route</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The written forms, in kebab case.</summary>
    public abstract IEnumerable<string> All { get; }

    /// <summary>What else is read as a written form: synonyms without blanks and hyphens.</summary>
    public abstract IEnumerable<string> AlsoReadAs(string written);

    /// <summary>The written form of a word in any of its spellings; empty when it is none.</summary>
    public abstract string WrittenFormOf(string text);
}

/// <summary>The words of one vocabulary: how each value is written, and what else people write for it.</summary>
internal sealed class Vocabulary<T> : Vocabulary where T : struct, Enum
{
    // Arrays and a short scan: a framework dictionary keyed by an enum is compiled again in every process (see
    // RowList).
    readonly RowList<string> folded = new(32);
    readonly RowList<T> values = new(32);
    readonly RowList<string> written = new(16);
    readonly RowList<T> writtenFor = new(16);

    /// <summary>Before a spelling whose marks count: Medi-Cal is a payer, and medical is none.</summary>
    const char Exact = '=';

    /// <param name="name">What the vocabulary is called in a message: <c>route</c>.</param>
    public Vocabulary(string name, params Word<T>[] words) : base(name)
    {
        foreach (var word in words)
        {
            var list = word.Spellings.AsSpan();
            for (var first = true; Rows.NextItem(ref list, ' ', out var spelling); first = false)
            {
                if (first)
                {
                    written.Add(new(spelling));
                    writtenFor.Add(word.Value);
                }
                folded.Add(spelling[0] == Exact ? new(spelling[1..]) : Folded(spelling));
                values.Add(word.Value);
            }
        }
    }

    /// <summary>The written form, in kebab case.</summary>
    public string this[T value]
    {
        get
        {
            for (var i = 0; i < written.Count; i++)
                if (Equal(writtenFor[i], value)) return written[i];
            return "";
        }
    }

    // all vocabularies' enums are bytes
    static bool Equal(T left, T right) =>
        System.Runtime.CompilerServices.Unsafe.BitCast<T, byte>(left)
            == System.Runtime.CompilerServices.Unsafe.BitCast<T, byte>(right);

    public override IEnumerable<string> All => written;

    public override string WrittenFormOf(string text) => TryRead(text, out var value) ? this[value] : "";

    public override IEnumerable<string> AlsoReadAs(string written)
    {
        if (!TryRead(written, out var value)) yield break;
        var own = Folded(written);
        for (var i = 0; i < folded.Count; i++)
            if (Equal(values[i], value) && folded[i] != own) yield return folded[i];
    }

    /// <summary>Tolerates case, blanks, hyphens, underscores, slashes and dots.</summary>
    public bool TryRead(ReadOnlySpan<char> text, out T value)
    {
        Span<char> buffer = stackalloc char[64];
        var word = text.Length > 64 ? text : Fold(text, buffer);
        for (var i = 0; i < folded.Count; i++)
            if (word.SequenceEqual(folded[i])
                || text.Equals(folded[i], StringComparison.OrdinalIgnoreCase))
                {
                    value = values[i];
                    return true;
                }
        // "intramuscular (IM)": what stands before the bracket is the word
        if (text.IndexOf('(') is > 0 and var bracket) return TryRead(text[..bracket], out value);
        value = default;
        return false;
    }

    static string Folded(ReadOnlySpan<char> text)
    {
        Span<char> buffer = stackalloc char[64];
        return new string(Fold(text, buffer));
    }

    static ReadOnlySpan<char> Fold(ReadOnlySpan<char> text, Span<char> buffer)
    {
        var length = 0;
        foreach (var c in text)
            if (c is not (' ' or '-' or '_' or '/' or '.' or '\'' or '(' or ')'))
                buffer[length++] = char.ToLowerInvariant(c);
        return buffer[..length];
    }
}

#pragma warning disable CS1591 // the names say it
/// <summary>Who pays, as far as rules differ by it.</summary>
public enum PayerKind : byte { None, Medicare, MedicareAdvantage, Medicaid, Commercial, WorkersComp, Tricare, SelfPay }
#pragma warning restore CS1591

#pragma warning disable CS1591 // the names say it
/// <summary>Who bills: the professional or the facility.</summary>
public enum Setting : byte { None, Professional, Facility }
#pragma warning restore CS1591

#pragma warning disable CS1591 // the names say it
/// <summary>As a claim says it.</summary>
public enum Sex : byte { None, Female, Male, Other }
#pragma warning restore CS1591

internal enum Route : byte
{
    None, Im, Sc, Iv, IvPush, IvInfusion, ScInfusion, IntraArterial, Intradermal, IntraArticular, TendonSheath,
    Intralesional, Intravitreal, Subconjunctival, SubTenon, Retrobulbar,
    TriggerPoint, Perineural, Epidural, Intrathecal, Intracavitary, Intravesical, Intradetrusor, Implant, Percutaneous,
    Oral, Sublingual, Intranasal, Inhaled, Topical, Rectal, Intracavernosal,
    Intracameral, Intraocular, Intracanalicular, Intraventricular, Infiltration, Instillation, Intraperitoneal,
    Intrapleural,
}

internal enum ContainerKind : byte { None, SingleDose, MultiDose, PrefilledSyringe, Kit, OnBody }

internal enum Purpose : byte
{
    None, Therapeutic, Prophylactic, Diagnostic, Hydration, Vaccine, Chemotherapy, Anesthesia, PartOfProcedure,
    PostProcedure, Premedication, Prep, Desensitization, Cosmetic, Declotting, Flush, Wellness, Transfusion, KeepOpen,
    Vehicle,
}

internal enum DrugSource : byte { None, Stock, PatientSupplied, SpecialtyPharmacy, Sample, Vfc, Discount340B, Study }

/// <summary>
/// The liability notice (ABN) for a service: signed since a denial is likely, given by choice for what is excluded, or
/// not given although a denial is expected.
/// </summary>
internal enum Notice : byte { None, Signed, Voluntary, NotGiven }

/// <summary>
/// How a hospital department off campus stands to the law of 2015: paid as before (excepted), or at the lower rate.
/// </summary>
internal enum OffCampus : byte { None, Excepted, NonExcepted }

internal enum Supervision : byte { None, OnSite, Video, Audio, General, Unsupervised }

internal enum StaffRole : byte { None, Physician, Np, Pa, Rn, Lpn, Ma, Pharmacist, Resident, Patient, Caregiver, Other }

/// <summary>The vocabularies that charts and claims share.</summary>
internal static class Words
{
    public static readonly Vocabulary<PayerKind> PayerKinds = new("payer kind", PayerWords.All);

    public static readonly Vocabulary<Setting> Settings = new("setting",
        new(Setting.Professional, "professional prof office physician clinic"),
        new(Setting.Facility, "facility fac hospital institutional outpatienthospital hopd"));

    public static readonly Vocabulary<Sex> Sexes = new("sex", new(Sex.Female, "F female woman"),
        new(Sex.Male, "M male man"), new(Sex.Other, "X other unknown u"));

    public static readonly Vocabulary<Route> Routes = new("route",
        new(Route.Im, "im intramuscular intramuscularinjection iminjection deepim intramuscularly"),
        new(Route.Sc, "sc subcutaneous subq subcut sq subcutaneousinjection subqinjection scinjection subcutaneously"),
        new(Route.IvPush, "iv-push ivp intravenouspush ivbolus bolus slowivpush pushiv intravenousbolus"),
        new(Route.IvInfusion,
            "iv-infusion intravenousinfusion infusion ivdrip ivpb piggyback ivpiggyback drip infusioniv"),
        new(Route.Iv, "iv intravenous intravenously"),
        new(Route.ScInfusion, "sc-infusion subcutaneousinfusion subqinfusion scig"),
        new(Route.IntraArterial, "intra-arterial ia arterial"),
        new(Route.Intradermal, "intradermal id intradermally"),
        new(Route.IntraArticular,
            "intra-articular joint articular facet facetjoint sacroiliacjoint "
                + "intraarticularinjection jointinjection bursa intrabursal bursal"),
        new(Route.TendonSheath,
            "tendon-sheath tendon ligament peritendinous tendonorigin fascia plantarfascia "
                + "softtissue tendoninsertion ligamentinjection carpaltunnel"),
        new(Route.Intralesional, "intralesional lesion lesional intralesionally il"),
        new(Route.Intravitreal, "intravitreal ivt vitreous intravitrealinjection"),
        new(Route.Subconjunctival, "subconjunctival subconj"),
        new(Route.SubTenon, "sub-tenon tenon posteriorsubtenon tenonscapsule"),
        new(Route.Retrobulbar, "retrobulbar"),
        new(Route.TriggerPoint, "trigger-point triggerpoints triggerpointinjection tpi musclebelly"),
        new(Route.Perineural, "perineural nerveblock nerve peripheralnerveblock medialbranchblock medialbranch"),
        new(Route.Epidural,
            "epidural interlaminarepidural interlaminar caudal caudalepidural "
                + "transforaminal transforaminalepidural esi epiduralsteroidinjection"),
        new(Route.Intrathecal, "intrathecal it lumbarpuncture spinal intraspinal lp subarachnoid"),
        new(Route.Intracavitary, "intracavitary"),
        new(Route.Intraperitoneal, "intraperitoneal ip peritoneal peritonealport intraperitonealport"),
        new(Route.Intrapleural, "intrapleural pleural chesttube pleuralcatheter pleuralspace"),
        new(Route.Intravesical,
            "intravesical bladderinstillation bladder instilledintobladder intravesicalinstillation"),
        new(Route.Intradetrusor, "intradetrusor detrusor"),
        new(Route.Implant,
            "implant subdermal pellet insertion subcutaneousimplant "
                + "subdermalimplant implantation pelletimplant subcutaneouspellet"),
        new(Route.Percutaneous, "percutaneous prick scratch skinprick"),
        new(Route.Oral, "oral po bymouth"),
        new(Route.Sublingual, "sublingual sl"),
        new(Route.Intranasal, "intranasal nasal in nasalspray"),
        new(Route.Inhaled, "inhaled inhalation nebulized nebulizer"),
        new(Route.Topical, "topical transdermal"),
        new(Route.Rectal, "rectal pr"),
        new(Route.Intracavernosal,
            "intracavernosal cavernosal intracavernous penile ici intracorporeal corporacavernosa"),
        new(Route.Intracameral, "intracameral anteriorchamber"),
        new(Route.Intraocular, "intraocular"),
        new(Route.Intracanalicular, "intracanalicular"),
        new(Route.Intraventricular, "intraventricular ommaya ommayareservoir icv intracerebroventricular"),
        new(Route.Infiltration, "infiltration local localinfiltration fieldblock"),
        new(Route.Instillation, "instillation"));

    public static readonly Vocabulary<ContainerKind> Containers = new("container",
        new(ContainerKind.SingleDose,
            "single-dose sdv singledosevial singleuse singleusevial ampule ampoule amp "
                + "singledoseampule sdampule singlepatientuse bag premixedbag singledosecontainer"),
        new(ContainerKind.MultiDose,
            "multi-dose mdv multidosevial multipledose multipledosevial multiuse multiusevial"),
        new(ContainerKind.PrefilledSyringe,
            "prefilled-syringe pfs prefilled syringe prefilledsyringesingledose autoinjector "
                + "auto-injector pen singledosepen cartridge prefilledpen singledosesyringe"),
        new(ContainerKind.Kit, "kit singledosekit"),
        new(ContainerKind.OnBody, "on-body obi onbodyinjector onpro onbodydevice wearable"));

    public static readonly Vocabulary<Purpose> Purposes = new("purpose",
        new(Purpose.Therapeutic, "therapeutic treatment therapy"),
        new(Purpose.Prophylactic, "prophylactic prophylaxis preventive prevention contraception contraceptive"),
        new(Purpose.Diagnostic, "diagnostic test diagnosis"),
        new(Purpose.Hydration,
            "hydration fluids rehydration rehydrate ivfluids ivhydration fluidbolus ivfbolus ivf "
                + "volumereplacement fluidresuscitation volumeresuscitation dehydration"),
        new(Purpose.Vaccine, "vaccine vaccination immunization immunisation"),
        new(Purpose.Chemotherapy, "chemotherapy chemo antineoplastic"),
        new(Purpose.Anesthesia, "anesthesia anaesthesia localanesthesia local anesthetic sedation"),
        new(Purpose.PartOfProcedure, "part-of-procedure procedure integral partofprocedure procedural"),
        new(Purpose.PostProcedure, "post-procedure postprocedure postoperative postop postoperativepain"),
        new(Purpose.Premedication, "premedication premed pre-treatment"),
        new(Purpose.Prep, "prep hivprep preexposureprophylaxis hiv-prevention hivpreexposureprophylaxis"),
        new(Purpose.Desensitization,
            "desensitization immunotherapy allergenimmunotherapy allergyshot allergyimmunotherapy"),
        new(Purpose.Cosmetic, "cosmetic aesthetic"),
        new(Purpose.Declotting, "declotting thrombolysis catheterclearance catheterocclusion declot"),
        new(Purpose.Flush, "flush linecare linepatency patency portflush catheterflush lineflush lockflush heplock"),
        new(Purpose.KeepOpen, "keep-open kvo tko keepveinopen tokeepopen tokeepveinopen keeplineopen keepthelineopen"),
        new(Purpose.Vehicle, "vehicle diluent carrier carrierfluid drugvehicle reconstitution"),
        new(Purpose.Transfusion,
            "transfusion blood bloodtransfusion betweenunits betweenunitsofblood "
                + "betweenbloodunits withblood bloodadministration"),
        new(Purpose.Wellness, "wellness energy"));

    public static readonly Vocabulary<DrugSource> Sources = new("source",
        new(DrugSource.Stock, "stock office buyandbill purchased clinicstock practice"),
        new(DrugSource.PatientSupplied, "patient-supplied brownbag brown-bag patient patientsown ownsupply"),
        new(DrugSource.SpecialtyPharmacy,
            "specialty-pharmacy whitebag white-bag pharmacy pharmacysupplied payersupplied"),
        new(DrugSource.Sample, "sample samples manufacturersample free freesample"),
        new(DrugSource.Vfc, "vfc vaccinesforchildren statesupplied state"),
        new(DrugSource.Discount340B, "340b"),
        new(DrugSource.Study, "study clinicaltrial trial research"));

    public static readonly Vocabulary<Notice> Notices = new("notice",
        new(Notice.Signed, "signed on-file abn required abnsigned abnonfile"),
        new(Notice.Voluntary, "voluntary abnvoluntary"),
        new(Notice.NotGiven, "not-given none missing noabn abnmissing"));

    public static readonly Vocabulary<OffCampus> OffCampusStandings = new("off-campus department",
        new(OffCampus.Excepted, "excepted grandfathered po"),
        new(OffCampus.NonExcepted, "non-excepted notexcepted pn"));

    public static readonly Vocabulary<Supervision> Supervisions = new("supervision",
        new(Supervision.OnSite, "on-site onsite direct inperson insuite inoffice present"),
        new(Supervision.Video, "video virtual audiovideo telehealth realtimevideo audio-video"),
        new(Supervision.Audio, "audio audioonly phone telephone"),
        new(Supervision.General, "general offsite available"),
        new(Supervision.Unsupervised, "none unsupervised absent notpresent"));

    public static readonly Vocabulary<StaffRole> Roles = new("role",
        new(StaffRole.Physician, "md physician do doctor dr dpm mddo provider"),
        new(StaffRole.Np, "np nursepractitioner aprn arnp cnp fnp crnp cnm cns"),
        new(StaffRole.Pa, "pa physicianassistant pac"),
        new(StaffRole.Rn, "rn nurse registerednurse bsn"),
        new(StaffRole.Lpn, "lpn lvn practicalnurse"),
        new(StaffRole.Ma, "ma medicalassistant cma rma ccma"),
        new(StaffRole.Pharmacist, "pharmacist rph pharmd"),
        new(StaffRole.Resident, "resident intern fellow"),
        new(StaffRole.Patient, "patient self selfadministered"),
        new(StaffRole.Caregiver, "caregiver family parent spouse"),
        new(StaffRole.Other, "other technician tech emt paramedic"));
}
