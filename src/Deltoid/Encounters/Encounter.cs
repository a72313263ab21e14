using Deltoid.Values;

namespace Deltoid.Encounters;

/// <summary>
/// What happened at one visit, as charted. A null, a None or an empty list is a fact that is not charted: coding never
/// fills it in. Words that a vocabulary does not know are kept in <see cref="Unread"/>, and the field counts as not
/// charted.
/// </summary>
public sealed class Encounter
{
    /// <summary>The name of the file it was read from, for messages.</summary>
    public string File { get; set; } = "";

    /// <summary>The day of the visit.</summary>
    public DateOnly ServiceDate { get; set; }

    /// <summary>The two digits of CMS's list; none when not charted.</summary>
    public Code PlaceOfService { get; set; }

    /// <summary>Which claim is wanted: the professional one or the facility's.</summary>
    public Setting Setting { get; set; }

    /// <summary>Of a hospital department at place of service 19.</summary>
    internal OffCampus OffCampus { get; set; }

    /// <summary>The kind of payer; none when not charted.</summary>
    public PayerKind PayerKind { get; set; }

    /// <summary>The payer's id, as its claims carry it; empty when not charted.</summary>
    public string PayerId { get; set; } = "";

    /// <summary>The two letters of the payer's state; empty when not charted.</summary>
    public string PayerState { get; set; } = "";

    /// <summary>MAC and locality, <c>06102-16</c>.</summary>
    public string PayerLocality { get; set; } = "";

    /// <summary>The patient's birth date; null when not charted.</summary>
    public DateOnly? BirthDate { get; set; }

    /// <summary>The patient's sex, as charted.</summary>
    public Sex Sex { get; set; }

    /// <summary>Whether the practice has seen the patient before; null when not charted.</summary>
    public bool? Established { get; set; }

    internal Supervision Supervision { get; set; }

    internal StaffRole ProviderRole { get; set; }

    /// <summary>The NPI that bills; none when not charted.</summary>
    public Npi Billing { get; set; }

    /// <summary>The NPI that treated; none when not charted.</summary>
    public Npi Rendering { get; set; }

    /// <summary>The NPI that supervised; none when not charted.</summary>
    public Npi Supervising { get; set; }

    /// <summary>The ICD-10-CM codes of the visit, in charted order.</summary>
    public List<Code> Diagnoses { get; } = [];

    internal List<Visit> Visits { get; } = [];

    internal List<Procedure> Procedures { get; } = [];

    internal List<Administration> Administrations { get; } = [];

    /// <summary>Vaccine counseling by a physician or other qualified professional is charted.</summary>
    public bool? Counseling { get; set; }

    /// <summary>How many accesses to a vein were used; null when not charted.</summary>
    public int? VascularAccesses { get; set; }

    /// <summary>The payer's number; empty when not charted.</summary>
    public string PriorAuthorization { get; set; } = "";

    /// <summary>Earlier services; null when nothing is known of them.</summary>
    public PatientHistory? History { get; set; }

    /// <summary>
    /// The <c>billing</c> object as it came: it goes through to the claim unchanged. Empty when there is none.
    /// </summary>
    public ReadOnlyMemory<byte> BillingJson { get; set; }

    /// <summary>Charges by code, from <c>billing.charges</c>.</summary>
    public Dictionary<Code, Money> Charges { get; } = [];

    /// <summary>Values that were charted but could not be understood, by place.</summary>
    public List<Findings.Place> Unread { get; } = [];

    /// <summary>Age in whole years on the service date.</summary>
    public int? Age => BirthDate is not { } born || born > ServiceDate ? null
        : ServiceDate.Year - born.Year - (ServiceDate < born.AddYears(ServiceDate.Year - born.Year) ? 1 : 0);
}

internal sealed class Visit
{
    public Code Code { get; set; }

    /// <summary>
    /// A note that is on its own, beyond the decision to inject, is charted (true), charted as absent (false), or
    /// not stated.
    /// </summary>
    public bool? SeparateNote { get; set; }

    public Code PlaceOfService { get; set; }

    public List<Code> Diagnoses { get; } = [];

    public List<Modifier> Modifiers { get; } = [];

    public int? Minutes { get; set; }
}

internal sealed class Procedure
{
    public Code Code { get; set; }

    public string Site { get; set; } = "";

    public Quantity Units { get; set; } = Quantity.One;

    public List<Code> Diagnoses { get; } = [];

    public List<Modifier> Modifiers { get; } = [];
}
