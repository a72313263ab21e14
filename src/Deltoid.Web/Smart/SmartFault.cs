namespace Deltoid.Web.Smart;

/// <summary>A chart system did not answer as it must. It names no value of what it answered.</summary>
sealed class SmartFault(string message, string next = SmartFault.Again) : Exception(message)
{
    public const string Again = "Open the chart from the chart system again, or find the patient here.",
        AskOwner = "Ask who keeps the settings of the practice to look at Settings, Chart systems.";

    /// <summary>It answered that this may not be read, or is not there.</summary>
    public bool IsRefusal { get; init; }

    /// <summary>What the person does now.</summary>
    public string Next { get; } = next;
}
