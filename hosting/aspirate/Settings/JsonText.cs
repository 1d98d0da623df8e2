using System.Text;
using System.Text.Json;

namespace MsaAspire.Aspirate.Settings;

/// <summary>Changes one entry of a JSON text and keeps everything else, including comments and whitespace.</summary>
internal static class JsonText
{
    /// <summary>Sets a property of the outermost object.</summary>
    /// <param name="text">A JSON object, with comments if you like.</param>
    /// <param name="property">Added at the beginning if it is not there.</param>
    /// <param name="value">JSON, indented as if it stood alone.</param>
    public static string Set(string text, string property, string value)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        value = value.Replace("\n", "\n  ", StringComparison.Ordinal);
        var (start, end, isEmpty) = Find(bytes, property);
        var added = end is null ? $"\n  \"{property}\": {value}{(isEmpty ? "\n" : ",")}" : value;
        return Encoding.UTF8.GetString(bytes.AsSpan(0, start))
            + added
            + Encoding.UTF8.GetString(bytes.AsSpan(end ?? start)).TrimStart(end is null && isEmpty ? '\n' : '\0');
    }

    /// <summary>Where the property's value is; or where to put the property, and no end.</summary>
    private static (int Start, int? End, bool IsEmpty) Find(byte[] bytes, string property)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        reader.Read();
        var inside = (int)reader.BytesConsumed;
        var isEmpty = true;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            isEmpty = false;
            var isIt = reader.ValueTextEquals(property);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (isIt)
                return (start, (int)reader.BytesConsumed, false);
        }

        return (inside, null, isEmpty);
    }
}
