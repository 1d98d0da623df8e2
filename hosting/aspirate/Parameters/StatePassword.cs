using System.Security.Cryptography;

namespace MsaAspire.Aspirate.Parameters;

/// <summary>
/// The default password of the state file: one per user, generated once and kept outside any repository, like user secrets.
/// </summary>
internal static class StatePassword
{
    private const int Bytes = 32;

    /// <summary>Where it is kept: <c>~/.config/aspirate/state-password</c> on Linux.</summary>
    public static string File => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "aspirate", "state-password");

    /// <summary>Reads or generates it.</summary>
    public static string OfThisUser()
    {
        try
        {
            if (System.IO.File.Exists(File))
                return System.IO.File.ReadAllText(File).Trim();
            Directory.CreateDirectory(Path.GetDirectoryName(File)!);
            var password = Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var writer = new StreamWriter(File, options);
            writer.WriteLine(password);
            return password;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new AspirateException(
                $"The password of the state file cannot be stored in {File}: "
                + $"{e.Message} Give one with --secret-password or ASPIRATE_SECRET_PASSWORD.", e);
        }
    }
}
