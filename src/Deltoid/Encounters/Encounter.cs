using Deltoid.Values;

namespace Deltoid.Encounters;

/// <summary>
/// What happened at one visit, as charted. A null, a None or an empty list is a fact that is not charted: coding never fills it in.
/// Words that a vocabulary does not know are kept in <see cref="Unread"/>, and the field counts as not charted.
/// </summary>
public sealed class Encounter
{
    public string File { get; set; } = "";

    public DateOnly ServiceDate { get; set; }

    public Code PlaceOfService { get; set; }

    public Setting Setting { get; set; }

    /// <summary>Of a hospital department at place of service 19.</summary>
    public OffCampus OffCampus { get; set; }

    public PayerKind PayerKind { get; set; }

    public string PayerId { get; set; } = "";

    public string PayerState { get; set; } = "";

    /// <summary>MAC and locality, <c>06102-16</c>.</summary>
    public string PayerLocality { get; set; } = "";

    public DateOnly? BirthDate { get; set; }

    public Sex Sex { get; set; }

    public bool? Established { get; set; }

    public Supervision Supervision { get; set; }

    public StaffRole ProviderRole { get; set; }

    public Npi Billing { get; set; }

    public Npi Rendering { get; set; }

    public Npi Supervising { get; set; }

    public List<Code> Diagnoses { get; } = [];

    public List<Visit> Visits { get; } = [];

    public List<Procedure> Procedures { get; } = [];

    public List<Administration> Administrations { get; } = [];

    /// <summary>Vaccine counselling by a physician or other qualified professional is charted.</summary>
    public bool? Counseling { get; set; }

    public int? VascularAccesses { get; set; }

    public string PriorAuthorization { get; set; } = "";

    public PatientHistory? History { get; set; }

    /// <summary>The <c>billing</c> object as it came: it goes through to the claim unchanged. Empty when there is none.</summary>
    public ReadOnlyMemory<byte> BillingJson { get; set; }

    /// <summary>Charges by code, from <c>billing.charges</c>.</summary>
    public Dictionary<Code, Money> Charges { get; } = [];

    /// <summary>Values that were charted but could not be understood, by place.</summary>
    public List<Findings.Place> Unread { get; } = [];

    /// <summary>Age in whole years on the service date.</summary>
    public int? Age => BirthDate is not { } born || born > ServiceDate ? null
        : ServiceDate.Year - born.Year - (ServiceDate < born.AddYears(ServiceDate.Year - born.Year) ? 1 : 0);
}

public sealed class Visit
{
    public Code Code { get; set; }

    /// <summary>A note that stands on its own, beyond the decision to inject, is charted (true), charted as absent (false), or not stated.</summary>
    public bool? SeparateNote { get; set; }

    public Code PlaceOfService { get; set; }

    public List<Code> Diagnoses { get; } = [];

    public List<Modifier> Modifiers { get; } = [];

    public int? Minutes { get; set; }
}

public sealed class Procedure
{
    public Code Code { get; set; }

    public string Site { get; set; } = "";

    public Quantity Units { get; set; } = Quantity.One;

    public List<Code> Diagnoses { get; } = [];

    public List<Modifier> Modifiers { get; } = [];
}
