namespace Deltoid.Values;

/// <summary>An earlier service to the same patient: what was done, when, how much, by whom.</summary>
public readonly record struct EarlierService(DateOnly Date, Code Code, Quantity Units, Npi Provider);

/// <summary>
/// The patient's earlier services as handed in by the caller. A claim is judged on itself and on this, never on its
/// neighbours in a file.
/// </summary>
public sealed class PatientHistory(IReadOnlyList<EarlierService> services)
{
    /// <summary>The earlier services, in any order.</summary>
    public IReadOnlyList<EarlierService> Services { get; } = services;
}
