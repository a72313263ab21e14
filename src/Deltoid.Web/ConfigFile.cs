using System.Reflection;
using System.Text.Json;

namespace Deltoid.Web;

/// <summary>
/// A setting that is not known, or a value that cannot be read. It names the setting, never its value.
/// </summary>
sealed class ConfigException(string message) : Exception(message);

/// <summary>
/// What the program is started with, from one file (<c>--config</c>), then the environment (<c>DELTOID_…</c>), then the
/// command line: the later one holds. The file is one JSON object; a name that is not known is refused, so that a slip
/// of the pen does not leave a wall down.
/// </summary>
static class ConfigFile
{
    public const string Prefix = "DELTOID_";

    static readonly PropertyInfo[] Known = [.. typeof(ServeOptions).GetProperties()
        .Where(static p => p.SetMethod is not null && p.Name != nameof(ServeOptions.Config))];

    /// <exception cref="ConfigException">The file or a value cannot be read, or a name is not known.</exception>
    public static ServeOptions Read(string[] args)
    {
        var given = new ConfigurationBuilder().AddEnvironmentVariables(Prefix).AddCommandLine(args).Build();
        var all = new ConfigurationBuilder();
        if (given[nameof(ServeOptions.Config)] is { Length: > 0 } file) all.AddInMemoryCollection(Settings(file));
        var settings = all.AddEnvironmentVariables(Prefix).AddCommandLine(args).Build();
        try
        {
            return settings.Get<ServeOptions>() ?? new();
        }
        catch (InvalidOperationException)
        {
            var wrong = Known.FirstOrDefault(p => !Reads(settings.GetSection(p.Name), p.PropertyType));
            throw new ConfigException($"the setting {wrong?.Name ?? "of a number"} has a value that cannot be read");
        }
    }

    static bool Reads(IConfigurationSection section, Type type)
    {
        try
        {
            _ = section.Get(type);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    static Dictionary<string, string?> Settings(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file), new()
            {
                CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true,
            });
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException();
            var found = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
            foreach (var one in json.RootElement.EnumerateObject()) Take(one, file, found);
            return found;
        }
        catch (JsonException)
        {
            throw new ConfigException($"{file} is not one object of JSON");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ConfigException($"{file} cannot be read");
        }
    }

    static void Take(JsonProperty one, string file, Dictionary<string, string?> found)
    {
        var name = Array.Find(Known, p => p.Name.Equals(one.Name, StringComparison.OrdinalIgnoreCase))?.Name
            ?? throw new ConfigException($"{file} has a setting that is not known: {one.Name}. Known are: "
                + string.Join(", ", Known.Select(static p => p.Name).Order(StringComparer.Ordinal)));
        if (one.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
            throw new ConfigException($"{file}: the setting {name} is one text, number, true or false");
        if (!found.TryAdd(name, one.Value.ToString())) throw new ConfigException($"{file} has {name} twice");
    }
}
