namespace Deltoid.X12.Guides;

/// <summary>One worker's tools for all kinds of sets, each made when the first set of its kind comes.</summary>
internal sealed class SetReadings
{
    readonly Dictionary<Func<SetReading>, SetReading> made = [];

    public SetReading Of(TransactionSet set)
    {
        if (!made.TryGetValue(set.NewReading, out var reading)) made[set.NewReading] = reading = set.NewReading();
        return reading;
    }
}
