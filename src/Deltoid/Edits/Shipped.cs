namespace Deltoid.Edits;

public static class Shipped
{
    public static EditSet Edits { get; } = new(new Ncci.PairEdit(), new Ncci.UnitLimit(), new Ncci.AddOnWithoutPrimary());
}
