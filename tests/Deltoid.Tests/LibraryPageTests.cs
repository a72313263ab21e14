using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Deltoid.Tests;

/// <summary>
/// The programs of docs/library.md are compiled as a stranger would, who sees only what is public, and run.
/// </summary>
public sealed partial class LibraryPageTests
{
    const string Implicit = "global using System; global using System.IO; global using System.Linq;";

    [GeneratedRegex(@"^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();

    static string Program(int number) => Fence().Matches(Repository.Read("docs", "library.md"))[number].Groups[1].Value;

    /// <summary>What a program writes for a file of the examples.</summary>
    static string Output(string program, string example)
    {
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static f => MetadataReference.CreateFromFile(f));
        var options = new CSharpCompilationOptions(OutputKind.ConsoleApplication,
            nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Stranger",
            [CSharpSyntaxTree.ParseText(Implicit), CSharpSyntaxTree.ParseText(program)], references, options);
        using var bytes = new MemoryStream();
        var result = compilation.Emit(bytes);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        Assert.Empty(result.Diagnostics.Where(static d => d.Severity >= DiagnosticSeverity.Warning));
        var (console, output) = (Console.Out, new StringWriter { NewLine = "\n" });
        Console.SetOut(TextWriter.Synchronized(output));
        try
        {
            Assembly.Load(bytes.ToArray()).EntryPoint!
                .Invoke(null, [(string[])[Path.Combine(Repository.Root, "examples", example)]]);
        }
        finally
        {
            Console.SetOut(console);
        }
        return output.ToString();
    }

    [Fact]
    public void The_first_program_codes_a_visit()
    {
        var lines = Output(Program(0), "b12-shot.json").Split('\n');
        Assert.Contains(lines, static l => l.StartsWith("96372 x1 ", StringComparison.Ordinal));
        Assert.Contains(lines, static l => l.StartsWith("J3420 x1 ", StringComparison.Ordinal));
    }

    [Fact]
    public void The_second_program_checks_the_claims_of_an_837() =>
        Assert.Contains("V1002: HIP0007", Output(Program(1), "two-claims.837"), StringComparison.Ordinal);
}
