using Deltoid.Values;

namespace Deltoid.Adjudication;

/// <summary>Mistakes with a price that a practice payer makes on purpose.</summary>
internal enum PriceFault : byte { EarlierYear, OtherPlace, Halved, UnitShort }

/// <summary>A line that is paid by a wrong price, and what would have been right.</summary>
/// <param name="Line">Its index in the claim.</param>
internal sealed record PlantedPrice(int Line, PriceFault Fault, Money Allowed, Money Right)
{
    public static readonly Vocabulary<PriceFault> Faults = new("mistake with a price",
        new(PriceFault.EarlierYear, "earlier-year"), new(PriceFault.OtherPlace, "place-of-service"),
        new(PriceFault.Halved, "multiple-procedure"), new(PriceFault.UnitShort, "units"));
}
