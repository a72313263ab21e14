namespace Deltoid.Codes;

/// <summary>States and territories of the United States by their two letters, as people write them.</summary>
internal static class States
{
    static readonly string[] Names =
    [
        "AL Alabama", "AK Alaska", "AZ Arizona", "AR Arkansas", "CA California", "CO Colorado", "CT Connecticut",
        "DC District of Columbia, Washington", "DE Delaware", "FL Florida", "GA Georgia", "GU Guam", "HI Hawaii",
        "IA Iowa", "ID Idaho", "IL Illinois", "IN Indiana", "KS Kansas", "KY Kentucky", "LA Louisiana",
        "MA Massachusetts", "MD Maryland", "ME Maine", "MI Michigan", "MN Minnesota", "MO Missouri", "MS Mississippi",
        "MT Montana", "NC North Carolina", "ND North Dakota", "NE Nebraska", "NH New Hampshire", "NJ New Jersey",
        "NM New Mexico", "NV Nevada", "NY New York", "OH Ohio", "OK Oklahoma", "OR Oregon", "PA Pennsylvania",
        "PR Puerto Rico", "RI Rhode Island", "SC South Carolina", "SD South Dakota", "TN Tennessee", "TX Texas",
        "UT Utah", "VA Virginia", "VI Virgin Islands", "VT Vermont", "WA Washington", "WI Wisconsin",
        "WV West Virginia", "WY Wyoming",
    ];

    /// <summary>The two letters of a state, written so or by its name: <c>il</c>, <c>Illinois</c>; empty for what is
    /// none.</summary>
    public static string LettersOf(string text)
    {
        var said = text.Trim();
        bool Fits(string name) => name.Equals(said, StringComparison.OrdinalIgnoreCase);
        return Array.Find(Names,
            row => Fits(row[..2]) || row[3..].Split(", ") is [var name, ..] && Fits(name)) is { } found
            ? found[..2]
            : "";
    }

    /// <summary>The name of a state; empty for letters that are none.</summary>
    public static string NameOf(string letters)
    {
        var found = Array.Find(Names, name => name.StartsWith(letters + " ", StringComparison.OrdinalIgnoreCase));
        return found is null ? "" : found[(letters.Length + 1)..];
    }
}
