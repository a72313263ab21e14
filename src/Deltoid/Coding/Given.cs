using Deltoid.Codes;
using Deltoid.Encounters;
using Deltoid.Findings;
using Deltoid.Values;

namespace Deltoid.Coding;

/// <summary>What giving a drug is billed as: the branch that the decision took.</summary>
internal enum Service : byte
{
    /// <summary>Nothing is billed for giving it.</summary>
    None,
    Injection, OnBody, Vaccine, Rsv, Allergen, SkinTest, Joint, Tendon, TriggerPoint, Nerve, Epidural, Toxin, Eye,
    Intralesional, Implant, Bundle, ScInfusion, IntraArterial, Intravenous, Declotting, OwnRoute, SpinalLevels,
}

/// <summary>One charted administration with what coding found out about it.</summary>
internal sealed class Given(Administration charted, int ordinal)
{
    public Administration Charted { get; } = charted;

    public int Ordinal { get; } = ordinal;

    /// <summary>Null when the book does not know the drug.</summary>
    public Drug? Drug { get; set; }

    public DrugClass Class { get; set; }

    /// <summary>The drug's code, or none when it is not known.</summary>
    public Code Hcpcs { get; set; }

    /// <summary>Codes that other brands or makers of the drug have; empty where the chart says which it is.</summary>
    public List<Code> OtherCodes { get; set; } = [];

    public Service Service { get; set; }

    /// <summary>For an injection: 96372, 96401, 96402 or G0012.</summary>
    public Code AdministrationCode { get; set; }

    /// <summary>Whether the drug itself is the practice's to bill.</summary>
    public bool BillsDrug { get; set; } = true;

    /// <summary>False once something said that giving it is not billed here.</summary>
    public bool BillsAdministration { get; set; } = true;

    /// <summary>No direct supervision, for a payer that takes 99211 then.</summary>
    public bool Unsupervised { get; set; }

    public int? Minutes { get; } = charted.Minutes;

    public List<int> Steps { get; } = [];

    public Place At(Field field) => Place.Of(Part.Administration, Ordinal, field);

    /// <summary>The same substance: by the book where both are known there, else by the name as charted.</summary>
    public bool IsSameDrug(Given other) =>
        Drug is not null || other.Drug is not null ? Drug == other.Drug
            && (Hcpcs == other.Hcpcs || Hcpcs.IsNone || other.Hcpcs.IsNone)
            : !Hcpcs.IsNone || !other.Hcpcs.IsNone ? Hcpcs == other.Hcpcs
            : DrugName.Fold(Charted.Drug) == DrugName.Fold(other.Charted.Drug);

    /// <summary>
    /// Where in the body, folded; empty when not charted. Places are compared by <see cref="Where"/>.
    /// </summary>
    public string Site { get; } = DrugName.Fold(charted.Site.Length > 0 ? charted.Site : charted.Target);

    /// <summary>Target and site, folded: what rows of anatomy are looked up in.</summary>
    public string Words { get; } = DrugName.Fold(charted.Target + " " + charted.Site);

    /// <summary>What is charted of guidance, folded: the field for it, else the words of target and site.</summary>
    public string GuidanceWords { get; } =
        DrugName.Fold(charted.Guidance.Length > 0 ? charted.Guidance : charted.Target + " " + charted.Site);

    /// <summary>The place on the body as values.</summary>
    public BodySite Where { get; set; }

    /// <summary>The indication, folded; empty when none is charted in words.</summary>
    public string Indication { get; } = DrugName.Fold(charted.Indication);
}

/// <summary>A line in the making.</summary>
internal sealed class Draft(Code code, Part part, int ordinal)
{
    public Code Code { get; set; } = code;

    public Part Part { get; } = part;

    public int Ordinal { get; } = ordinal;

    public Modifiers Modifiers { get; set; }

    public Quantity Units { get; set; } = Quantity.One;

    public List<Code> Diagnoses { get; } = [];

    /// <summary>The administrations it comes from; empty for visits and procedures.</summary>
    public List<Given> Givens { get; } = [];

    public bool IsDrug { get; init; }

    public bool IsVisit => Part == Part.Visit;

    /// <summary>The place on the body as values; nothing known where none is charted.</summary>
    public BodySite Where { get; set; }

    public Code PlaceOfService { get; init; }

    public Ndc Ndc { get; set; }

    public NdcUnit NdcUnit { get; set; }

    public Quantity NdcQuantity { get; set; }

    public string Narrative { get; set; } = "";

    public List<int> Steps { get; } = [];

    /// <summary>Set when the line must not be billed: it is then dropped before the claim is written.</summary>
    public bool LeftOff { get; set; }

    /// <summary>The line's number, once the claim is written.</summary>
    public int Line { get; set; }
}
