using System.Collections.Frozen;
using Deltoid.Store.Model;
using Microsoft.AspNetCore.Identity;

namespace Deltoid.Web;

/// <summary>
/// Refuses a password that many people use, or that a program tries among the first: one of the list, a word of it with
/// digits around, a row of keys, the person's own name.
/// </summary>
/// <remarks>
/// The list is of the package zxcvbn 4.4.2 (MIT, Dan Wheeler and Dropbox): 4,000 of the most used, and all with twelve
/// characters or more.
/// </remarks>
sealed class CommonPasswords : IPasswordValidator<Person>
{
    /// <summary>The longest that is taken: hashing more would only cost time.</summary>
    public const int Longest = 128;

    const int FewestCharacters = 5;

    static readonly FrozenSet<string> List = Read();

    static FrozenSet<string> Read()
    {
        using var text = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt")!;
        using var reader = new StreamReader(text);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();
    }

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Fault(password ?? "", user.UserName ?? "") is { } fault
            ? IdentityResult.Failed(new IdentityError { Code = "CommonPassword", Description = fault })
            : IdentityResult.Success);

    /// <returns>What is wrong with a password; null when nothing is.</returns>
    public static string? Fault(string password, string name)
    {
        if (password.Length > Longest) return $"A password has at most {Longest} characters.";
        var lower = password.ToLowerInvariant();
        if (lower.Distinct().Count() < FewestCharacters || IsRow(lower))
            return "This password is a row of the same or of following characters. Choose several words.";
        if (name.Length > 2 && lower.Replace(name.ToLowerInvariant(), "", StringComparison.Ordinal).Length < 8)
            return "This password is mostly your sign-in name. Choose several words.";
        return List.Contains(lower) || IsWordWithDigits(lower)
            ? "This password is one that many people use. Choose several words that do not belong together." : null;
    }

    /// <summary>abcdefghijkl, 210987654321: each character follows the one before it.</summary>
    static bool IsRow(string text) => text.Length > 1 && Enumerable.Range(1, text.Length - 1)
        .Count(i => Math.Abs(text[i] - text[i - 1]) == 1) >= text.Length - 2;

    /// <summary>password2026!, dragon-dragon-1: one word of the list, once or more, and no other.</summary>
    static bool IsWordWithDigits(string text)
    {
        var words = new string([.. text.Select(static c => char.IsAsciiLetter(c) ? c : ' ')])
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().ToList();
        return words is [var word] && (List.Contains(word)
            || (word.Length % 2 == 0 && word[..(word.Length / 2)] == word[(word.Length / 2)..]
                && List.Contains(word[..(word.Length / 2)])));
    }
}
