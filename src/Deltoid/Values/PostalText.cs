namespace Deltoid.Values;

/// <summary>ZIP codes and telephone numbers as people write them; what is neither stays as it is.</summary>
internal static class PostalText
{
    /// <summary><c>62701-1234</c> of nine digits. Four zeros are no part of a place: claims fill the ZIP up with
    /// them.</summary>
    public static string Zip(string zip) => zip.Length != 9 || !zip.All(char.IsAsciiDigit) ? zip
        : zip.EndsWith("0000", StringComparison.Ordinal) ? zip[..5] : $"{zip[..5]}-{zip[5..]}";

    /// <summary><c>217-555-0100</c> of ten digits.</summary>
    public static string Phone(string phone) => phone.Length != 10 || !phone.All(char.IsAsciiDigit) ? phone
        : $"{phone[..3]}-{phone[3..6]}-{phone[6..]}";
}
