namespace Deltoid.Findings;

/// <summary>The elements of the documentation checklist, D-01 to D-37, as they are called on a page.</summary>
internal static class Elements
{
    /// <summary>A noun without article: "order"; empty for an element that no chart here is marked on.</summary>
    public static string Name(int element) => element switch
    {
        1 => "birth date",
        2 => "time given",
        3 => "order",
        4 => "drug",
        5 => "dose",
        6 => "strength or container amount",
        7 => "route",
        8 => "site",
        9 => "lot number",
        10 => "expiry date",
        11 => "NDC",
        12 => "needle",
        13 => "container and waste",
        14 => "indication",
        15 => "reason against a tablet",
        17 => "consent",
        18 => "performer",
        19 => "supervision",
        20 => "check of the dose",
        23 => "observation or response",
        24 => "instructions",
        25 => "separate entry for each injection",
        26 => "separate note for the visit",
        27 => "start and stop",
        28 => "structure injected",
        32 => "witness of the waste",
        _ => "",
    };

    /// <summary><c>order (D-03)</c>.</summary>
    public static string WithId(int element) => $"{Name(element)} (D-{element:00})";
}
