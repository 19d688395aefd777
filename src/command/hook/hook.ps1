# dwell for PowerShell: today's lesson in the first shell of a day, and completions.
& {
    if (Get-Variable -Name __dwell_hooked -Scope Global -ErrorAction Ignore) { return }
    $global:__dwell_hooked = $true
    $done = Get-Variable -Name __dwell_done_in -Scope Global -ValueOnly -ErrorAction Ignore
    if ($done -contains $PID) { return }
    # Not where PowerShell was started to run a command or a file.
    $runs = [Environment]::GetCommandLineArgs() -match '^[-/](c|com.*|e|ec|enc.*|f|fi.*|noni.*)$'
    if ($runs -or -not [Environment]::UserInteractive -or $Host.Name -ne 'ConsoleHost' -or
        [Console]::IsInputRedirected -or [Console]::IsOutputRedirected -or $env:TERM -eq 'dumb') {
        return
    }
    $dwell = Get-Command -Name dwell -CommandType Application -ErrorAction Ignore |
        Select-Object -First 1
    if (-not $dwell) { return }
    try {
        # Started so that its output is the console itself, and no exit code is changed.
        $start = [System.Diagnostics.ProcessStartInfo]::new($dwell.Source, 'hook --greet')
        $start.UseShellExecute = $false
        [System.Diagnostics.Process]::Start($start).WaitForExit()
    } catch { }
}
# COMPLETIONS
