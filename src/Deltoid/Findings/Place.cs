using System.Runtime.InteropServices;

namespace Deltoid.Findings;

#pragma warning disable CS1591 // the names say it
/// <summary>Which list of the encounter a place is in.</summary>
public enum Part : byte { None, Encounter, Administration, Visit, Procedure, Diagnosis, History }
#pragma warning restore CS1591

#pragma warning disable CS1591 // the names say it
/// <summary>A field of the encounter or of the claim. Its name is its JSON name, in camel case.</summary>
public enum Field : byte
{
    None,
    // the encounter and its parts
    ServiceDate, PlaceOfService, Setting, Payer, PayerKind, PayerLocality, PatientBirthDate, PatientSex,
    PatientEstablished, ProviderSupervision, ProviderRole, ProviderSupervising, ProviderRendering, Diagnoses,
    Counseling,
    VascularAccesses, PriorAuthorization, Visits, Code, SeparateNote, Minutes, Site, Drug, Hcpcs, Dose, Route,
    Container, ContainerAmount, Discarded, Given, Syringe, SplitDose, Ndc, Lot, Expires, Purpose, Source, Start, Stop,
    Target, Muscles, Lesions, LastGiven, Concentration, Volume, Order, Performer, Needle, Observed, Response,
    Instructions, Consent, Indication, WhyNotOral, Witness, Checked, Id, Guidance,
    // the claim
    Frequency, BillingNpi, BillingName, BillingTaxId, BillingAddress, RenderingNpi, SupervisingNpi, SubscriberId,
    SubscriberName, SubscriberBirthDate, SubscriberSex, PayerId, Charge, Lines, Control, Modifiers, Units, Date,
    Pointers, NdcUnit, NdcQuantity, Narrative, RevenueCode, Count, Units1, Clia,
    Signature, SignatureDate, Assignment, Benefits, Release, PatientSignature, OtherPlan,
    Notice, OffCampus,
    AdmissionType, AdmissionSource, PatientStatus,
}
#pragma warning restore CS1591

/// <summary>
/// Where in an X12 interchange: all ordinals from 1, the segment counted from ST = 1; zero where it does not apply.
/// </summary>
public readonly record struct SourcePlace(int Interchange, int Group, int Set, int Segment, short Element,
    short Component, short Repeat, long ByteOffset);

/// <summary>
/// Where a finding points, in numbers only: a part of the encounter (ordinals from 0), a line of the claim (from 1, 0
/// for the whole claim) and the field there. JSON pointer, form box and X12 path are rendered from it at the edge.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Place(Part Part, int Ordinal, Field ChartField, int Line, Field ClaimField)
{
    /// <summary>A field of a claim line, counted from 1.</summary>
    public static Place OfLine(int line, Field field) => new(Part.None, 0, Field.None, line, field);

    /// <summary>A field of the claim as a whole.</summary>
    public static Place OfClaim(Field field) => new(Part.None, 0, Field.None, 0, field);

    /// <summary>A field of the visit as a whole.</summary>
    public static Place OfEncounter(Field field) => new(Part.Encounter, 0, field, 0, Field.None);

    /// <summary>A field of an item in a list of the visit, counted from 0.</summary>
    public static Place Of(Part part, int ordinal, Field field) => new(part, ordinal, field, 0, Field.None);

    /// <summary>The same place in the chart, and the claim line it decides.</summary>
    public Place OnLine(int line, Field field) => this with { Line = line, ClaimField = field };
}
