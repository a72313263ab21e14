using System.Security.Cryptography;

namespace Deltoid.Web;

/// <summary>
/// Who reads the console sets the practice up: the address printed there holds a key that works once.
/// </summary>
sealed class FirstRun
{
    string? key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public string Key => key ?? "";

    public bool Is(string? given) => key is { } known && given is not null && CryptographicOperations.FixedTimeEquals(
        System.Text.Encoding.ASCII.GetBytes(known), System.Text.Encoding.UTF8.GetBytes(given));

    public void Use() => key = null;
}
