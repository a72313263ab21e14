using Deltoid.Books;
using Deltoid.Claims;
using Deltoid.Codes;

namespace Deltoid.Tests;

/// <summary>The complete clean claim that every page and test begins with: a vitamin B12 injection at an office, for Medicare.</summary>
public static class CleanClaim
{
    public const string Notation = Cli.Dev.CleanClaim.Notation;

    /// <summary>The shipped book, opened once.</summary>
    public static CodeBook Book { get; } = StarterBook.Open();

    public static Claim Make() => Cli.Dev.CleanClaim.Make();

    /// <summary>The clean claim with what a notation changes; lines take $10 each when no charge is stated.</summary>
    public static Claim With(string notation) => Cli.Dev.CleanClaim.With(notation);
}
