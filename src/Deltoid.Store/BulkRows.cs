using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using Deltoid.Store.Model;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using SQLitePCL;

namespace Deltoid.Store;

/// <summary>
/// Writes many rows of one table inside the change that is going on: by a prepared statement on SQLite, by arrays on
/// PostgreSQL. Columns are the model's, so that a new one is written too.
/// </summary>
/// <param name="hasOwnIds">The rows bring their numbers (<see cref="Ids"/>); else the database gives them.</param>
sealed class BulkRows<T>(PracticeDb db, bool hasOwnIds) where T : Row
{
    /// <param name="Kept">What the provider is handed of it; a number may be missing.</param>
    sealed record Column(string Name, string Type, Type Kept, PropertyInfo? Of, PropertyInfo Property,
        Func<object?, object?>? Convert)
    {
        public object? Value(T row)
        {
            var value = Property.GetValue(Of is null ? row : Of.GetValue(row));
            return Convert is null || value is null ? value : Convert(value);
        }
    }

    const int RowsAtOnce = 50;

    readonly IEntityType type = db.Model.FindEntityType(typeof(T))!;
    Column[]? columns;

    string Table => type.GetTableName()!;

    Column[] Columns => columns ??= [.. ColumnsOf(type, null),
        .. type.GetComplexProperties().SelectMany(c => ColumnsOf(c.ComplexType, c.PropertyInfo))];

    IEnumerable<Column> ColumnsOf(ITypeBase of, PropertyInfo? holder)
    {
        foreach (var property in of.GetProperties())
            if (property.PropertyInfo is { } info && (hasOwnIds || info.Name != nameof(Row.Id)))
                yield return new(property.GetColumnName(StoreObjectIdentifier.Table(Table))!, property.GetColumnType(),
                    KeptOf(property), holder, info, property.GetTypeMapping().Converter?.ConvertToProvider);
    }

    static Type KeptOf(IProperty property)
    {
        var type = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        return type.IsValueType && property.IsNullable && Nullable.GetUnderlyingType(type) is null
            ? typeof(Nullable<>).MakeGenericType(type) : type;
    }

    /// <summary>Numbers for rows that others refer to.</summary>
    public async Task<IReadOnlyList<long>> Ids(int count, CancellationToken stop)
    {
        if (count == 0) return [];
        if (db.Database.GetDbConnection() is NpgsqlConnection)
            return await db.Database.SqlQueryRaw<long>(
                "SELECT nextval(pg_get_serial_sequence({0}, 'Id')) AS \"Value\" FROM generate_series(1, {1})",
                $"\"{Table}\"", count).ToListAsync(stop);
        var last = await db.Database.SqlQueryRaw<long>( // the one writer of SQLite holds it until the change is done
            "SELECT COALESCE((SELECT seq FROM sqlite_sequence WHERE name = {0}), 0) AS \"Value\"", Table)
            .SingleAsync(stop);
        return [.. Enumerable.Range(1, count).Select(i => last + i)];
    }

    public async Task Write(IReadOnlyCollection<T> rows, CancellationToken stop)
    {
        if (rows.Count == 0) return;
        foreach (var row in rows) row.PracticeId = db.PracticeId;
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres) await Insert(postgres, rows, stop);
        else Insert((SqliteConnection)db.Database.GetDbConnection(), rows, stop);
    }

    string Names => string.Join(", ", Columns.Select(static c => $"\"{c.Name}\""));

    /// <summary>
    /// One statement with an array for each column: PostgreSQL takes no COPY into a table with row security, and by way
    /// of another table each row would be written twice.
    /// </summary>
    async Task Insert(NpgsqlConnection connection, IReadOnlyCollection<T> rows, CancellationToken stop)
    {
        var arrays = string.Join(", ", Columns.Select(static (_, i) => $"${i + 1}"));
#pragma warning disable CA2100 // names of the model's tables and columns, nothing that people typed
        await using var command = new NpgsqlCommand(
            $"INSERT INTO \"{Table}\" ({Names}) SELECT * FROM unnest({arrays})", connection);
#pragma warning restore CA2100
        foreach (var column in Columns)
        {
            var (values, at) = (Array.CreateInstance(column.Kept, rows.Count), 0);
            foreach (var row in rows) values.SetValue(column.Value(row), at++);
            command.Parameters.Add(new() { Value = values, DataTypeName = column.Type + "[]" });
        }
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>
    /// Many rows by one statement: for each statement that fires a trigger, SQLite keeps a copy of the pages that it
    /// changes. Bound by position, since the provider looks up each parameter by its name.
    /// </summary>
    void Insert(SqliteConnection connection, IReadOnlyCollection<T> rows, CancellationToken stop)
    {
        foreach (var ofSize in rows.Chunk(RowsAtOnce).GroupBy(static some => some.Length))
        {
            Check(connection, raw.sqlite3_prepare_v2(connection.Handle, InsertOf(ofSize.Key), out var statement));
            using (statement)
                foreach (var some in ofSize)
                {
                    stop.ThrowIfCancellationRequested();
                    var at = 0;
                    foreach (var row in some)
                        foreach (var column in Columns) Check(connection, Bind(statement, ++at, column.Value(row)));
                    if (raw.sqlite3_step(statement) != raw.SQLITE_DONE)
                        Check(connection, raw.sqlite3_extended_errcode(connection.Handle));
                    Check(connection, raw.sqlite3_reset(statement));
                }
        }
    }

    string InsertOf(int rows) => $"INSERT INTO \"{Table}\" ({Names}) VALUES " + string.Join(", ", Enumerable.Repeat(
        $"({string.Join(", ", Columns.Select(static _ => "?"))})", rows));

    static void Check(SqliteConnection connection, int code) =>
        SqliteException.ThrowExceptionForRC(code, connection.Handle);

    /// <summary>In the form in which the provider writes it.</summary>
    static int Bind(sqlite3_stmt statement, int at, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(statement, at),
        string text => BindText(statement, at, text),
        long number => raw.sqlite3_bind_int64(statement, at, number),
        int number => raw.sqlite3_bind_int64(statement, at, number),
        bool flag => raw.sqlite3_bind_int(statement, at, flag ? 1 : 0),
        Enum number => raw.sqlite3_bind_int64(statement, at, Convert.ToInt64(number, Invariant)),
        DateOnly day => raw.sqlite3_bind_text(statement, at, day.ToString("yyyy-MM-dd", Invariant)),
        DateTime instant => raw.sqlite3_bind_text(statement, at,
            instant.ToString("yyyy-MM-dd HH:mm:ss.FFFFFFF", Invariant)),
        Guid guid => raw.sqlite3_bind_text(statement, at, guid.ToString().ToUpperInvariant()),
        _ => throw new InvalidOperationException($"rows with a {value.GetType().Name} are not written in bulk"),
    };

    static int BindText(sqlite3_stmt statement, int at, string text)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var code = raw.sqlite3_bind_text(statement, at, bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
        return code;
    }

    static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
}
