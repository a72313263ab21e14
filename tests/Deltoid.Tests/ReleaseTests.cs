using System.Diagnostics;

namespace Deltoid.Tests;

/// <summary>
/// A release, made by <c>scripts/release</c> and tried in empty folders as its users would: the tool, the library, the
/// native program, the package of Debian, the image. Long: it compiles the native program.
/// </summary>
public sealed class ReleaseTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("deltoid").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Runs a script in an empty folder and gives what it printed; it must end well.</summary>
    string Shell(string name, string script)
    {
        var empty = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = empty,
        };
        start.Environment["RELEASE"] = Path.Combine(folder, "release");
        start.Environment["ROOT"] = Repository.Root;
        start.Environment["VISIT"] = Path.Combine(Repository.Root, "examples", "b12-shot.json");
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(TimeSpan.FromMinutes(15))) process.Kill(entireProcessTree: true);
        Assert.True(process.ExitCode == 0, $"{name}: exit {process.ExitCode}\n{output.Result}\n{error.Result}");
        return output.Result;
    }

    [Fact]
    public void Everything_in_a_release_works_in_an_empty_folder_and_is_made_alike_twice()
    {
        LongRun.Only();
        Shell("release", "\"$ROOT/scripts/release\" .; sha256sum --check --quiet SHA256SUMS");
        const string code = "code \"$VISIT\" | grep -c 'J3420-JZ'";
        Assert.Equal("1\n", Shell("tool", $"""
            version=$(basename "$RELEASE"/Deltoid.Cli.*.nupkg .nupkg); version=${"{"}version#Deltoid.Cli.{"}"}
            dotnet tool install Deltoid.Cli --version "$version" --add-source "$RELEASE" --tool-path tools >/dev/null
            tools/deltoid {code}
            """));
        Assert.Equal("96372\nJ3420\n", Shell("library", Library));
        Assert.Equal("1\n",
            Shell("native",
                $"tar -xzf \"$RELEASE\"/deltoid-*-x64.tar.gz --strip-components=1; env -i ./deltoid {code}"));
        Assert.Equal("1\n",
            Shell("debian",
                $"dpkg-deb -x \"$RELEASE\"/*.deb .; usr/bin/deltoid {code}; zcat "
                    + $"usr/share/man/man1/deltoid-code.1.gz | grep -q JSON"));
        Assert.Contains("J3420-JZ", Shell("image", Image), StringComparison.Ordinal);
        Assert.Contains("System.CommandLine", Shell("bill", "cat \"$RELEASE\"/*.cdx.json"), StringComparison.Ordinal);
        Assert.Equal("", Shell("again", """
            git clone -q "$ROOT" clone; clone/scripts/release . 2>/dev/null >/dev/null
            diff SHA256SUMS "$RELEASE/SHA256SUMS"
            """));
    }

    /// <summary>A program of a stranger that uses the package.</summary>
    const string Library = """
        version=$(basename "$RELEASE"/Deltoid.Cli.*.nupkg .nupkg); version=${version#Deltoid.Cli.}
        cat >stranger.csproj <<XML
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><Nullable>enable</Nullable></PropertyGroup>
          <ItemGroup><PackageReference Include="Deltoid" Version="$version" /></ItemGroup>
        </Project>
        XML
        cat >nuget.config <<XML
        <configuration><packageSources><add key="release" value="$RELEASE" /></packageSources></configuration>
        XML
        cat >Program.cs <<CS
        using Deltoid;
        using Deltoid.Books;
        using Deltoid.Charting;
        using Deltoid.Results;
        var encounter = EncounterJson.Read(System.IO.File.ReadAllBytes(args[0]), args[0]);
        var visit = CodedVisit.Of(encounter, StarterBook.Open(), new Scrubber());
        foreach (var line in visit.Claim.Lines) System.Console.WriteLine(line.Code);
        CS
        export NUGET_PACKAGES=$PWD/packages
        dotnet run -v quiet -- "$VISIT"
        """;

    /// <summary>The layers of the image, one over the other, and its entry point in them.</summary>
    const string Image = """
        tar -xf "$RELEASE"/*-oci.tar
        read() { python3 -c "import json,sys; print(eval('json.load(open(sys.argv[1]))' + sys.argv[2]))" "$@"; }
        blob() { echo "blobs/sha256/${1#sha256:}"; }
        manifest=$(blob "$(read index.json "['manifests'][0]['digest']")")
        layer=$(blob "$(read "$manifest" "['layers'][0]['digest']")")
        entry=$(read "$(blob "$(read "$manifest" "['config']['digest']")")" "['config']['Entrypoint'][0]")
        for file in blobs/sha256/*; do [[ $(sha256sum <"$file" | cut -d' ' -f1) == $(basename "$file") ]]; done
        mkdir root; tar -xzf "$layer" -C root; cp "$VISIT" root/data/visit.json
        if [[ $(id -u) == 0 ]]; then chroot root "$entry" code /data/visit.json
        else unshare --map-root-user chroot root "$entry" code /data/visit.json; fi
        """;
}
