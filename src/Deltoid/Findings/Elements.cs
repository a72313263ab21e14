namespace Deltoid.Findings;

/// <summary>The elements of the documentation checklist, D-01 to D-37, as they are called on a page.</summary>
public static class Elements
{
    /// <summary>With its article: "the order"; empty for an element that no chart here is marked on.</summary>
    public static string Name(int element) => element switch
    {
        1 => "the birth date",
        2 => "the time given",
        3 => "the order",
        4 => "the drug",
        5 => "the dose",
        6 => "the strength or the container's amount",
        7 => "the route",
        8 => "the site",
        9 => "the lot number",
        10 => "the expiry date",
        11 => "the NDC",
        12 => "the needle",
        13 => "the container and what was discarded",
        14 => "the indication",
        15 => "why not by mouth",
        17 => "the consent",
        18 => "who gave it",
        19 => "who supervised",
        20 => "the check of the dose",
        23 => "the observation or response",
        24 => "the instructions",
        25 => "an entry of its own for each injection",
        26 => "the visit's own note",
        27 => "start and stop",
        28 => "the structure injected",
        32 => "the witness of the waste",
        _ => "",
    };

    /// <summary><c>the order (D-03)</c>.</summary>
    public static string WithId(int element) => $"{Name(element)} (D-{element:00})";
}
