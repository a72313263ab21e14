using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Deltoid.Store.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Deltoid.Store;

/// <summary>A statement would see rows of all practices: a bug, and nothing was asked of the database.</summary>
public sealed class PracticeForgottenException(string table)
    : InvalidOperationException($"a statement on {table} does not name the practice");

/// <summary>
/// Refuses a statement that reads or changes a practice's table without naming the practice, where a filter was left
/// out or a statement was written by hand. It reads the text of the statement, on both engines.
/// </summary>
sealed partial class PracticeGuard : DbCommandInterceptor
{
    /// <summary>One for all requests: it remembers what it has read.</summary>
    public static readonly PracticeGuard OfAll = new();

    /// <summary>Statements that were read once; their texts are few, since values are parameters.</summary>
    const int Most = 10_000;

    readonly ConcurrentDictionary<string, List<Reference>> read = [];

    /// <summary>A table that is named without its practice; the parameter that holds its key where one row is asked.</summary>
    sealed record Reference(string Table, string? Key);

    [GeneratedRegex("""\b(?:FROM|JOIN|UPDATE)\s+"?(?<table>\w+)"?(?:\s+AS\s+"?(?<alias>\w+)"?)?""")]
    private static partial Regex Named();

    /// <summary>What EF writes where a condition cannot hold.</summary>
    [GeneratedRegex("""
        ^(?:[^()]|(?<open>\()|(?<-open>\)))*?(?(open)(?!))\sWHERE\ (?:0|FALSE)\s*(?:$|\)|GROUP|ORDER|LIMIT)
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex SeesNothing();

    void Check(DbCommand command, CommandEventData data)
    {
        if (data.CommandSource == CommandSource.Migrations || data.Context is not PracticeDb db) return;
        if (read.Count > Most) read.Clear();
        foreach (var one in read.GetOrAdd(command.CommandText, static (text, db) => Read(text, db), db))
            if (one.Key is null || !IsKnown(db, one.Table, command.Parameters[one.Key].Value))
                throw new PracticeForgottenException(one.Table);
    }

    static List<Reference> Read(string text, PracticeDb db)
    {
        var tables = db.Model.GetEntityTypes().Where(static t => t.ClrType.IsAssignableTo(typeof(Row)))
            .Select(static t => t.GetTableName()!).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = new List<Reference>();
        foreach (Match match in Named().Matches(text))
        {
            if (!tables.Contains(match.Groups["table"].Value)) continue;
            var rest = text[match.Index..];
            if (rest.IndexOf(";\n", StringComparison.Ordinal) is > 0 and var end) rest = rest[..end];
            var alias = match.Groups["alias"] is { Success: true } named
                ? $"\"?{Regex.Escape(named.Value)}\"?\\." : "";
            if (Regex.IsMatch(rest, $"(?s)WHERE.*?{alias}\"?PracticeId\"? = [@$0-9]")) continue;
            if (SeesNothing().IsMatch(rest)) continue;
            var key = Regex.Match(rest, $"WHERE {alias}\"?Id\"? = (?<name>@\\w+)");
            found.Add(new(match.Groups["table"].Value, key.Success ? key.Groups["name"].Value : null));
        }
        return found;
    }

    /// <summary>A row that was read as one of the practice's may be read again.</summary>
    static bool IsKnown(PracticeDb db, string table, object? key) => key is long id
        && db.ChangeTracker.Entries<Row>().Any(e => e.Entity.Id == id && e.Entity.PracticeId == db.PracticeId
            && e.Metadata.GetTableName() == table);

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData,
        InterceptionResult<DbDataReader> result)
    {
        Check(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command,
        CommandEventData eventData, InterceptionResult<DbDataReader> result,
        CancellationToken cancellationToken = default)
    {
        Check(command, eventData);
        return new(result);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData,
        InterceptionResult<object> result)
    {
        Check(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command,
        CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Check(command, eventData);
        return new(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData,
        InterceptionResult<int> result)
    {
        Check(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command,
        CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Check(command, eventData);
        return new(result);
    }
}
