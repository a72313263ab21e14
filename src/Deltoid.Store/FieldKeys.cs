using System.Security.Cryptography;
using System.Text;

namespace Deltoid.Store;

/// <summary>A field is sealed with a key that was not given, or is not as it was sealed. Nothing was changed.</summary>
public sealed class FieldKeyException(string message) : Exception(message);

/// <summary>
/// Keys that seal fields of the database with AES-256-GCM: the first seals, each of them opens what it sealed. Without
/// any key fields are written as they are. What a sealed field is about is sealed with it, so that it opens nowhere
/// else.
/// </summary>
public sealed class FieldKeys
{
    const string Mark = "sealed:";

    const int KeyBytes = 32, NonceBytes = 12, TagBytes = 16;

    readonly List<(string Id, byte[] Key)> keys = [];

    /// <summary>The id of the key that seals; null without keys.</summary>
    public string? Current => keys.Count > 0 ? keys[0].Id : null;

    /// <param name="text">Keys in base64, each of 32 bytes, with blanks or line ends between them.</param>
    /// <exception cref="FieldKeyException">One of them is no such key.</exception>
    public static FieldKeys Read(string? text)
    {
        var ring = new FieldKeys();
        foreach (var word in (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var key = new byte[KeyBytes + 1];
            if (!Convert.TryFromBase64String(word, key, out var length) || length != KeyBytes)
                throw new FieldKeyException($"key {ring.keys.Count + 1} is not 32 bytes in base64; make one with: "
                    + "openssl rand -base64 32");
            var bytes = key[..KeyBytes];
            ring.keys.Add((Convert.ToHexStringLower(SHA256.HashData(bytes))[..8], bytes));
        }
        return ring;
    }

    public static bool IsSealed(string value) => value.StartsWith(Mark, StringComparison.Ordinal);

    /// <summary>Whether a value is as the first key would write it; without keys, whether it is plain.</summary>
    public bool IsCurrent(string value) => Current is { } id
        ? value.StartsWith($"{Mark}{id}:", StringComparison.Ordinal) : !IsSealed(value);

    /// <param name="about">What the field is of; needed again to open it.</param>
    public string Seal(string text, string about)
    {
        if (keys.Count == 0) return text;
        var (id, key) = keys[0];
        var plain = Encoding.UTF8.GetBytes(text);
        var whole = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = whole.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagBytes);
        cipher.Encrypt(nonce, plain, whole.AsSpan(NonceBytes, plain.Length), whole.AsSpan(^TagBytes..),
            Encoding.UTF8.GetBytes(about));
        return $"{Mark}{id}:{Convert.ToBase64String(whole)}";
    }

    /// <summary>What was sealed; a value that was written without a key is as it is.</summary>
    /// <exception cref="FieldKeyException">Its key is missing, or it is not as it was sealed.</exception>
    public string Open(string value, string about)
    {
        if (!IsSealed(value)) return value;
        var parts = value.Split(':', 3);
        var (id, whole) = (parts[1], parts[^1]);
        if (keys.Find(k => k.Id == id) is not { Key: { } key })
            throw new FieldKeyException($"a field is sealed with the key {id}, which was not given (--key-file); "
                + "nothing was changed");
        try
        {
            var bytes = Convert.FromBase64String(whole);
            var plain = new byte[bytes.Length - NonceBytes - TagBytes];
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length),
                bytes.AsSpan(^TagBytes..), plain, Encoding.UTF8.GetBytes(about));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or OverflowException)
        {
            throw new FieldKeyException($"a field that the key {id} sealed is not as it was sealed");
        }
    }
}
