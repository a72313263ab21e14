namespace Deltoid.Store.Model;

/// <summary>Who paid for a lot: each is stock of its own kind.</summary>
public enum StockSource
{
    /// <summary>Bought by the practice, and billed.</summary>
    Own = 1,
    /// <summary>Vaccines for Children, or supplied by a state.</summary>
    Vfc = 2,
    /// <summary>Bought at a 340B price, and billed.</summary>
    Discount340B = 3,
    /// <summary>Sent by a specialty pharmacy, which billed it.</summary>
    Specialty = 4,
    /// <summary>Brought by the patient.</summary>
    Patient = 5,
    /// <summary>A free sample.</summary>
    Sample = 6,
}

/// <summary>Containers of one drug, one lot and one source. How much is left is the sum of its movements.</summary>
public sealed class Lot : Row
{
    /// <summary>Eleven digits, as on a claim.</summary>
    public required string Ndc { get; set; }

    /// <summary>The drug's generic name, as the code book has it.</summary>
    public required string Drug { get; set; }

    /// <summary>The lot number as on the label.</summary>
    public required string Number { get; set; }

    /// <summary>The last day on which it may be given.</summary>
    public DateOnly Expires { get; set; }

    /// <summary>As in the encounter JSON: single-dose, multi-dose, prefilled-syringe, kit.</summary>
    public required string Container { get; set; }

    /// <summary>What one container holds, in thousandths of <see cref="Unit"/>.</summary>
    public long Holds { get; set; }

    /// <summary>mg, mcg, units, mL …: what the lot is counted in.</summary>
    public required string Unit { get; set; }

    /// <summary>The volume of one container in thousandths of a milliliter; 0 when it is not known.</summary>
    public long Volume { get; set; }

    public StockSource Source { get; set; }

    /// <summary>What one container cost, in whole cents; null where the receipt does not say it.</summary>
    public long? Cost { get; set; }

    /// <summary>The first day on which the open multi-dose container was used; null when none is open.</summary>
    public DateOnly? OpenedOn { get; set; }

    /// <summary>How many days an open multi-dose container may be used (USP 797: 28 unless the label says less).</summary>
    public int DaysOpen { get; set; } = 28;

    /// <summary>The day of the recall; null: it is not recalled.</summary>
    public DateOnly? RecalledOn { get; set; }
}

/// <summary>What a movement of stock was.</summary>
public enum MovementKind
{
    Received = 1,
    Given = 2,
    Discarded = 3,
    Returned = 4,
    Expired = 5,
    /// <summary>A count found more or less than the movements say.</summary>
    Counted = 6,
}

/// <summary>Drug that came or went. What is on hand is the sum of all movements of a lot, always.</summary>
public sealed class Movement : WrittenOnce
{
    public long LotId { get; set; }

    public MovementKind Kind { get; set; }

    /// <summary>Thousandths of the lot's unit: what came is positive, what went is negative.</summary>
    public long Quantity { get; set; }

    public DateOnly Day { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }

    /// <summary>The claim that it was drawn for.</summary>
    public long? ClaimId { get; set; }

    /// <summary>Who saw the waste; empty when nobody is charted.</summary>
    public string Witness { get; set; } = "";

    public string Why { get; set; } = "";
}

/// <summary>One administration of a visit as lists ask for it: who got which drug from which lot, when and where.</summary>
public sealed class Shot : Row
{
    public long VisitId { get; set; }

    public long ClaimId { get; set; }

    public long PatientId { get; set; }

    public Patient Patient { get; set; } = null!;

    /// <summary>The lot it was drawn from; null when none was chosen.</summary>
    public long? LotId { get; set; }

    /// <summary>The generic name where the code book knows it, else as charted.</summary>
    public required string Drug { get; set; }

    public required string Site { get; set; }

    public DateOnly Day { get; set; }

    /// <summary>Its place among the administrations of the visit, from 0.</summary>
    public int Ordinal { get; set; }

    /// <summary>Why nobody is billed for it, in a person's words; empty: it belongs on a claim.</summary>
    public string NotBilled { get; set; } = "";
}

/// <summary>A visit as it was charted before it was completed or changed.</summary>
public sealed class VisitVersion : WrittenOnce
{
    public long VisitId { get; set; }

    public int Version { get; set; }

    public required string Document { get; set; }

    public DateTime At { get; set; }

    public long? PersonId { get; set; }
}

/// <summary>A form that a person has not finished: nothing that was typed is lost.</summary>
public sealed class Draft : Row
{
    public long PersonId { get; set; }

    /// <summary>Which form it is.</summary>
    public required string Form { get; set; }

    /// <summary>The fields, as JSON.</summary>
    public required string Document { get; set; }

    public DateTime At { get; set; }
}

/// <summary>A standing order for a patient: the drug is given again until its last day.</summary>
public sealed class StandingOrder : Row
{
    public long PatientId { get; set; }

    /// <summary>The drug's generic name.</summary>
    public required string Drug { get; set; }

    /// <summary>Who ordered it, as the note says it.</summary>
    public required string By { get; set; }

    public DateOnly On { get; set; }

    /// <summary>The last day on which it may be followed.</summary>
    public DateOnly Thru { get; set; }

    /// <summary>The diagnosis that it was ordered for; empty when the order does not say.</summary>
    public string Diagnosis { get; set; } = "";

    /// <summary>The reason in the words of the record.</summary>
    public string Indication { get; set; } = "";
}
