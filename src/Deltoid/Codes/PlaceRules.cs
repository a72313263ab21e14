using Deltoid.Values;

namespace Deltoid.Codes;

/// <summary>How a place pays for what is given there; the words of <c>places.tsv</c>.</summary>
internal enum PlacePays : byte
{
    /// <summary>Line by line, as an office.</summary>
    Lines,

    /// <summary>Inside the rate of the visit: no line of its own.</summary>
    Rate,

    CostReport, Bundle, Dialysis, DrugOnly, Hospice, Home, Program,
    Conditions, Contract, VaccinesOnly, Never, Telehealth,
}

/// <summary>A place of service with rules of its own for some payers.</summary>
/// <param name="Vaccines">Families of vaccines, <c>*</c> for every vaccine; empty for anything given.</param>
/// <param name="Setting">The claim it holds for; none for both.</param>
internal sealed record PlaceRule(
    Code Place, string Payers, string Vaccines, Setting Setting, PlacePays Pays, DateRange Dates, byte Source)
{
    /// <summary>Whether the row speaks of what is given in a place on a day, on such a claim.</summary>
    /// <param name="family">The family of the vaccine given; null for another drug.</param>
    public bool IsFor(Code place, DateOnly day, Setting setting, string? family) =>
        Place == place && Dates.Contains(day) && (Setting == Setting.None || Setting == setting)
        && (Vaccines.Length == 0 || (family is not null && (Vaccines == "*" || Phrase.Lists(Vaccines, family))));
}

/// <summary>What a code that holds drug and giving it holds besides; the words of <c>bundles.tsv</c>.</summary>
internal enum BundleHolds : byte { Visit, Week, Asked, Watch, Transfusion }

/// <summary>One code for a drug, giving it, and more; the day's dose of the drug picks the row.</summary>
/// <param name="Place">Any place where it is none.</param>
/// <param name="Code">None where the row only says how long the patient is watched.</param>
/// <param name="Minutes">How long the patient is watched at least; 0 where nothing is said.</param>
internal sealed record BundleRow(
    string Payers, Code Place, Amount MinDose, Amount MaxDose, Code Code, BundleHolds Holds, int Minutes,
    DateRange Dates, byte Source)
{
    public bool IsForDose(Amount dose)
    {
        if (!MinDose.IsNone && !(dose.IsComparableTo(MinDose) && dose.Base >= MinDose.Base)) return false;
        return MaxDose.IsNone || (dose.IsComparableTo(MaxDose) && dose.Base <= MaxDose.Base);
    }
}
