using Deltoid.Values;

namespace Deltoid.Encounters;

/// <summary>One drug given (or prepared and not given) to the patient, as charted.</summary>
internal sealed class Administration
{
    public string Id { get; set; } = "";

    /// <summary>Any name people use: generic, brand, slang.</summary>
    public string Drug { get; set; } = "";

    public Code Hcpcs { get; set; }

    /// <summary>The dose given; none when not charted or not understood.</summary>
    public Amount Dose { get; set; }

    /// <summary>The further drugs of a combined product: 900 mg of <c>600 mg/900 mg</c>.</summary>
    public Amount[] DoseOfOthers { get; set; } = [];

    public bool DoseCharted { get; set; }

    public Route Route { get; set; }

    public string Site { get; set; } = "";

    public string Target { get; set; } = "";

    public ContainerKind Container { get; set; }

    /// <summary>The labeled content of one container.</summary>
    public Amount ContainerAmount { get; set; }

    /// <summary>What one container holds of the further drugs of a combined product.</summary>
    public Amount[] ContainerOfOthers { get; set; } = [];

    public Amount Discarded { get; set; }

    /// <summary>"none" or an amount of zero was charted as discarded.</summary>
    public bool NothingDiscarded { get; set; }

    /// <summary>Strength per volume: <c>30 mg / 1 mL</c> is (30 mg, 1 mL).</summary>
    public Amount Concentration { get; set; }

    public Amount ConcentrationPer { get; set; }

    public Amount Volume { get; set; }

    public string NdcText { get; set; } = "";

    public string Lot { get; set; } = "";

    /// <summary>Last day on which the lot may be used; a month alone means its last day.</summary>
    public DateOnly? Expires { get; set; }

    public Purpose Purpose { get; set; }

    public DrugSource Source { get; set; }

    /// <summary>The liability notice for this service.</summary>
    public Notice Notice { get; set; }

    public List<Code> Diagnoses { get; } = [];

    /// <summary>Wall-clock times on the service date; a stop before its start is the next day.</summary>
    public TimeOnly? Start { get; set; }

    public TimeOnly? Stop { get; set; }

    public int? ChartedMinutes { get; set; }

    public bool? Given { get; set; }

    public string Syringe { get; set; } = "";

    public bool? SplitDose { get; set; }

    public int? Muscles { get; set; }

    public int? Lesions { get; set; }

    public DateOnly? LastGiven { get; set; }

    /// <summary>Image guidance charted: ultrasound with a stored image, fluoroscopy, none.</summary>
    public string Guidance { get; set; } = "";

    public Order? Order { get; set; }

    public StaffRole Performer { get; set; }

    public bool PerformerCharted { get; set; }

    public bool NeedleCharted { get; set; }

    public int? ObservedMinutes { get; set; }

    public bool ResponseCharted { get; set; }

    public bool InstructionsCharted { get; set; }

    public bool? Consent { get; set; }

    public bool IndicationCharted { get; set; }

    /// <summary>What the drug was given for, in the chart's own words; it decides, and no finding holds it.</summary>
    public string Indication { get; set; } = "";

    public bool WhyNotOralCharted { get; set; }

    public bool WitnessCharted { get; set; }

    public bool? Checked { get; set; }

    /// <summary>The dose is unusual, somebody was asked about it, and it is meant.</summary>
    public bool? DoseConfirmed { get; set; }

    /// <summary>Minutes charted, or stop minus start; null when neither is known.</summary>
    public int? Minutes
    {
        get
        {
            if (ChartedMinutes is { } charted) return charted;
            if (Start is not { } start || Stop is not { } stop) return null;
            // subtraction wraps past midnight: a stop before its start is the next day
            return (int)((stop - start).Ticks / TimeSpan.TicksPerMinute);
        }
    }
}

/// <summary>The order for an administration.</summary>
internal sealed record Order(bool ByCharted, DateOnly? On, bool Standing)
{
    /// <summary>An order comes before what it orders: one of a later day is none.</summary>
    public bool IsBefore(DateOnly day) => On is not { } on || on <= day;
}
